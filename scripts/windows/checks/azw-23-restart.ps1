function check_azw_23_restart {
    if (-not (Test-Path -LiteralPath $script:RegildBoot)) { Skip 'nobody looked at this machine before' }
    if ([IO.File]::ReadAllText($script:RegildBoot) -eq (Get-RegildBoot)) { Fail 'it is still the same boot' }
    check_azw_02_vm_agent
}
