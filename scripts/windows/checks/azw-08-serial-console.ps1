function check_azw_08_serial_console {
    $text = (& "$env:SystemRoot\System32\bcdedit.exe" /enum '{current}') -join ' '
    if ($text -notmatch '\bems\s+(Yes|Ja|Oui|S\S+)') { Fail 'EMS is off' }
}
