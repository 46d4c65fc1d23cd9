function check_azw_14_sysprep_allowed {
    if ((Get-CimInstance Win32_ComputerSystem).PartOfDomain) { Fail 'joined to a domain' }
    $rearms = Get-CimInstance SoftwareLicensingService | ForEach-Object { Get-RegildProperty $_ 'RemainingWindowsReArmCount' }
    if ($rearms -eq 0) { Fail 'no rearm is left' }
    if (-not (Get-Command Get-WindowsFeature -ErrorAction SilentlyContinue)) { return }
    $refused = 'DHCP', 'ADRMS', 'WDS', 'NLB', 'WINS', 'Failover-Clustering', 'AD-Domain-Services'
    $roles = @(Get-WindowsFeature -Name $refused -ErrorAction SilentlyContinue | Where-Object { $_.Installed } | ForEach-Object { $_.Name })
    if ($roles.Count -gt 0) { Fail "roles that Sysprep or Azure do not support: $($roles -join ' ')" }
}
