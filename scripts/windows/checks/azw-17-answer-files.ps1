function check_azw_17_answer_files {
    $winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    if (Get-RegildValue $winlogon 'DefaultPassword') { Fail 'Winlogon holds a DefaultPassword' }
    foreach ($pattern in '%SystemDrive%\unattend.xml', '%SystemDrive%\autounattend.xml',
        '%SystemRoot%\System32\Sysprep\unattend.xml', '%ProgramData%\Amazon\EC2Launch\sysprep\*.xml') {
        foreach ($item in @(Get-RegildItems $pattern)) { Fail $item.FullName }
    }
}
