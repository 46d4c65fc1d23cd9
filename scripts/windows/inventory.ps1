# inventory.ps1 before|after: writes what is installed to inventory-<when>.json, and before the build refuses a machine that is not the
# planned one. What a component means for the image is said by checks.
. (Join-Path $PSScriptRoot 'lib.ps1')
$when = if ($args.Count -gt 0) { $args[0] } else { 'before' }

function Get-RegildSystem {
    $os = Get-CimInstance Win32_OperatingSystem
    return @{ name = $os.Caption; version = $os.Version; architecture = $os.OSArchitecture }
}

Invoke-RegildMain {
    if ($when -eq 'before') { Assert-RegildPlannedSystem }
    $components = @(Get-RegildComponents)
    $found = @($components | ForEach-Object {
            $hits = @(Find-RegildComponent $_)
            if ($hits.Count -gt 0) { New-Object psobject -Property @{ id = $_.id; policy = $_.policy; title = $_.title; found = $hits } }
        })
    $programs = @(Get-RegildPrograms '*' | ForEach-Object { @{ name = $_.DisplayName; version = Get-RegildProperty $_ 'DisplayVersion' } })
    $services = @(Get-Service | Where-Object { $_.StartType -eq 'Automatic' } | ForEach-Object { $_.Name })
    $inventory = @{ when = $when; system = Get-RegildSystem; programs = $programs; services = $services; components = $found }
    [IO.File]::WriteAllText((Join-Path $script:RegildHome "inventory-$when.json"), (ConvertTo-Json $inventory -Depth 5))
    foreach ($component in $found) { Write-Output "regild-inventory`t$when`t$($component.id)`t$($component.found -join ';')" | Out-Host }
}
