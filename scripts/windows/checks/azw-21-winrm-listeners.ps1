function check_azw_21_winrm_listeners {
    if ((Get-Service -Name WinRM -ErrorAction SilentlyContinue).Status -ne 'Running') { Skip 'WinRM does not run' }
    $listeners = @(Get-ChildItem WSMan:\localhost\Listener -ErrorAction SilentlyContinue)
    $bound = @($listeners | Where-Object { $_.Keys -contains 'Transport=HTTPS' })
    if ($bound.Count -gt 0) { Fail 'an HTTPS listener is there before anybody asked for one' }
}
