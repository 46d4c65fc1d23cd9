function check_azw_19_first_boot {
    $state = Get-RegildImageState
    if ($state -ne 'IMAGE_STATE_COMPLETE') { Fail "the image state is $state" }
    if ((Get-RegildValue 'HKLM:\SYSTEM\Setup' 'SystemSetupInProgress') -ne 0) { Fail 'setup is still in progress' }
}
