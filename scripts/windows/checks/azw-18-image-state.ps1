function check_azw_18_image_state {
    $state = Get-RegildImageState
    if ($state -ne 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE') { Fail "the image state is $state" }
}
