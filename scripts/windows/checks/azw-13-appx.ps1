# Sysprep objects to what is installed for a user and not for all; what is only staged waits for nobody.
function check_azw_13_appx {
    if (-not (Get-Command Get-AppxPackage -ErrorAction SilentlyContinue)) { Skip 'no app packages' }
    $provisioned = @(Get-AppxProvisionedPackage -Online | ForEach-Object { $_.DisplayName })
    $candidates = @(Get-AppxPackage -AllUsers | Where-Object {
            "$(Get-RegildProperty $_ 'SignatureKind')" -ne 'System' -and -not (Get-RegildProperty $_ 'IsFramework') -and
            -not (Get-RegildProperty $_ 'NonRemovable') -and $provisioned -notcontains $_.Name
        })
    $own = @($candidates | Where-Object {
            @(Get-RegildProperty $_ 'PackageUserInformation' | Where-Object { "$($_.InstallState)" -eq 'Installed' }).Count -gt 0
        } | ForEach-Object { $_.Name })
    if ($own.Count -gt 0) { Fail ($own -join ' ') }
}
