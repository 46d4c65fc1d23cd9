function check_azw_11_pending_restart {
    $reasons = @(Get-RegildPendingRestart)
    if ($reasons.Count -gt 0) { Fail ($reasons -join ', ') }
}
