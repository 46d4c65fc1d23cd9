function check_azw_03_remote_desktop {
    $server = "$script:Control\Terminal Server"
    $listener = "$server\WinStations\RDP-Tcp"
    if ((Get-RegildValue $server 'fDenyTSConnections') -ne 0) { Fail 'fDenyTSConnections is not 0' }
    if ((Get-RegildValue 'HKLM:\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services' 'fDenyTSConnections') -eq 1) {
        Fail 'a policy denies Remote Desktop'
    }
    if ((Get-RegildValue $listener 'PortNumber') -ne 3389) { Fail 'the port is not 3389' }
    if ((Get-RegildValue $listener 'UserAuthentication') -ne 1) { Fail 'network level authentication is off' }
    if ($script:RegildStage -eq 'guest' -and (Get-RegildValue $listener 'SSLCertificateSHA1Hash')) {
        Fail 'the listener is bound to a certificate of this machine'
    }
}
