function check_azw_15_dvd_drive {
    if ((Get-RegildValue "$script:Services\cdrom" 'Start') -ne 1) { Fail 'the cdrom driver does not start' }
    $policy = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\RemovableStorageDevices'
    $drives = "$policy\{53f56308-b6bf-11d0-94f2-00a0c91efb8b}"
    if ((Get-RegildValue $policy 'Deny_All') -eq 1 -or (Get-RegildValue $drives 'Deny_Read') -eq 1) {
        Fail 'a policy denies removable storage'
    }
}
