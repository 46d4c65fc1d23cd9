function check_azw_06_kms {
    $name = Get-RegildValue 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform' 'KeyManagementServiceName'
    if ($name -match '^169\.254\.') { Fail "the key management service is $name" }
}
