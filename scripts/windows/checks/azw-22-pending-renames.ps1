function check_azw_22_pending_renames {
    $files = @(Get-RegildPendingRenames)
    if ($files.Count -gt 0) { Fail "$($files.Count) entries, first $($files[0])" }
}
