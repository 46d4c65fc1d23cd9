function check_azw_16_disks {
    $policy = Get-RegildValue "$script:Services\partmgr\Parameters" 'SanPolicy'
    if ($policy -ne 1) { Fail "the SAN policy is $policy, not 1 (OnlineAll)" }
    $free = (Get-CimInstance Win32_LogicalDisk -Filter "DeviceID='$env:SystemDrive'").FreeSpace
    $megabytes = [int] ($free / 1048576)
    if ($megabytes -lt 2048) { Fail "$megabytes MB are left on $env:SystemDrive" }
}
