function check_azw_11_pending_restart {
    $reasons = @(Get-RegildPendingRestart | Where-Object { -not (Test-RegildAnswered 'azw-11-pending-restart' $_) })
    if ($reasons.Count -gt 0) { Fail ($reasons -join ', ') }
}
