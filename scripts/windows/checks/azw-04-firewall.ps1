function check_azw_04_firewall {
    $off = @(Get-NetFirewallProfile | Where-Object { "$($_.Enabled)" -ne 'True' } | ForEach-Object { $_.Name })
    if ($off.Count -gt 0) { Fail "off: $($off -join ' ')" }
    $rules = @(Get-NetFirewallRule -Group '@FirewallAPI.dll,-28752' -ErrorAction SilentlyContinue |
            Where-Object { "$($_.Enabled)" -eq 'True' })
    if ($rules.Count -eq 0) { Fail 'no Remote Desktop rule is on' }
}
