function check_azw_05_network {
    $routes = "$script:Services\Tcpip\Parameters\PersistentRoutes"
    if (Test-Path $routes) {
        $names = @((Get-Item $routes).GetValueNames() | Where-Object { $_ -match '^169\.254\.169\.' })
        if ($names.Count -gt 0) { Fail "persistent routes: $($names -join ' ')" }
    }
    $fixed = @(Get-CimInstance Win32_NetworkAdapterConfiguration -Filter 'IPEnabled=TRUE' |
            Where-Object { -not $_.DHCPEnabled } | ForEach-Object { $_.Description })
    if ($fixed.Count -gt 0) { Fail "without DHCP: $($fixed -join ' ')" }
    $suffixes = Get-RegildValue "$script:Services\Tcpip\Parameters" 'SearchList'
    if ($suffixes -match 'ec2\.internal|compute\.internal|amazonaws') { Fail "DNS suffixes $suffixes" }
}
