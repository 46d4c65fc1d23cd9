function check_azw_13_appx {
    if (-not (Get-Command Get-AppxPackage -ErrorAction SilentlyContinue)) { Skip 'no app packages' }
    $provisioned = @(Get-AppxProvisionedPackage -Online | ForEach-Object { $_.DisplayName })
    $own = @(Get-AppxPackage -AllUsers | Where-Object {
            "$(Get-RegildProperty $_ 'SignatureKind')" -ne 'System' -and -not (Get-RegildProperty $_ 'IsFramework') -and -not (Get-RegildProperty $_ 'NonRemovable') -and $provisioned -notcontains $_.Name
        } | ForEach-Object { $_.Name })
    if ($own.Count -gt 0) { Fail ($own -join ' ') }
}
