function check_azw_20_ghost_devices {
    $names = @(@(Get-RegildDevices '*Amazon*') + @(Get-RegildDevices 'AWS *') + @(Get-RegildDevices 'Xen *') |
            ForEach-Object { $_.FriendlyName } | Sort-Object -Unique)
    if ($names.Count -gt 0) { Fail ($names -join ' ') }
}
