function check_azw_12_bitlocker {
    if (-not (Get-Command Get-BitLockerVolume -ErrorAction SilentlyContinue)) { Skip 'BitLocker is not installed' }
    $volume = Get-BitLockerVolume -MountPoint $env:SystemDrive
    if ("$($volume.VolumeStatus)" -ne 'FullyDecrypted') { Fail "$env:SystemDrive is $($volume.VolumeStatus)" }
}
