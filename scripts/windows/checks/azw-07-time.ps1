function check_azw_07_time {
    $server = Get-RegildValue "$script:Services\W32Time\Parameters" 'NtpServer'
    if ($server -match '169\.254\.169\.123') { Fail "NtpServer $server" }
    if ((Get-RegildValue "$script:Services\W32Time\TimeProviders\VMICTimeProvider" 'Enabled') -ne 1) {
        Fail 'the host time provider is off'
    }
    if ((Get-RegildValue "$script:Control\TimeZoneInformation" 'RealTimeIsUniversal') -ne 1) { Fail 'RealTimeIsUniversal is not 1' }
}
