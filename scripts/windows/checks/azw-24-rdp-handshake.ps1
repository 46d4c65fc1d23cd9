# What a client says first and a server answers, before anybody logs in: MS-RDPBCGR 2.2.1.1 (X.224 connection request with a negotiation
# request for TLS and CredSSP) and 2.2.1.2 (connection confirm with the protocol that the server chose, or why it refused).
function Get-RegildRdpAnswer {
    $client = New-Object -TypeName Net.Sockets.TcpClient
    try {
        $client.ReceiveTimeout = 15000
        $client.Connect('127.0.0.1', 3389)
        $stream = $client.GetStream()
        [byte[]] $request = 0x03, 0x00, 0x00, 0x13, 0x0e, 0xe0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x08, 0x00, 0x03, 0x00, 0x00, 0x00
        $stream.Write($request, 0, $request.Length)
        $answer = New-Object -TypeName 'byte[]' -ArgumentList 19
        $length = 0
        while ($length -lt $answer.Length) {
            $count = $stream.Read($answer, $length, $answer.Length - $length)
            if ($count -eq 0) { break }
            $length += $count
        }
        return , @($answer | Select-Object -First $length)
    }
    finally { $client.Close() }
}

# The service starts with the machine, and may take a moment: only an answer counts.
function check_azw_24_rdp_handshake {
    $answer = $null
    $why = ''
    foreach ($pause in 5, 10, 20, 40, 0) {
        try { $answer = Get-RegildRdpAnswer; break }
        catch { $why = $_.Exception.Message }
        Start-Sleep -Seconds $pause
    }
    if ($null -eq $answer) { Fail "nothing answers on port 3389: $why" }
    if ($answer.Count -lt 19 -or $answer[0] -ne 3 -or $answer[5] -ne 0xd0) { Fail 'what answers on port 3389 is no Remote Desktop' }
    if ($answer[11] -eq 3) { Fail "Remote Desktop refuses TLS and network level authentication with code $($answer[15])" }
    if ($answer[11] -ne 2 -or ($answer[15] -band 0x0a) -eq 0) { Fail 'Remote Desktop answers without network level authentication' }
}
