function check_azw_01_no_aws_components {
    if (@(Get-RegildComponents).Count -eq 0) { Skip 'no component table' }
    $found = @(Get-RegildLeftovers 'block' | Where-Object { -not (Test-RegildAnswered 'azw-01-no-aws-components' $_) })
    if ($found.Count -gt 0) { Fail ($found -join ' ') }
}
