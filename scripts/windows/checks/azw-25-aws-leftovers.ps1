function check_azw_25_aws_leftovers {
    if (@(Get-RegildComponents).Count -eq 0) { Skip 'no component table' }
    $found = @(Get-RegildLeftovers 'warn' | Where-Object { -not (Test-RegildAnswered 'azw-25-aws-leftovers' $_) })
    if ($found.Count -gt 0) { Fail ($found -join ' ') }
}
