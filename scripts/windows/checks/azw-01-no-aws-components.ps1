function check_azw_01_no_aws_components {
    $components = @(Get-RegildComponents)
    if ($components.Count -eq 0) { Skip 'no component table' }
    $gone = @($components | Where-Object { $_.action -eq 'remove' -and $_.leftover -eq 'block' })
    $found = @($gone | Where-Object { $script:RegildStage -ne 'test-vm' -or $_.phase -ne 'generalize' } | ForEach-Object {
            $hits = @(Find-RegildComponent $_)
            if ($hits.Count -gt 0) { "$($_.id) ($($hits[0]))" }
        })
    if ($found.Count -gt 0) { Fail ($found -join ' ') }
}
