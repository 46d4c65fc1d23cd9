function check_azw_09_boot_drivers {
    foreach ($name in 'storvsc', 'vmbus') {
        $start = Get-RegildValue "$script:Services\$name" 'Start'
        if ($start -ne 0) { Fail "$name starts with $start, not 0" }
    }
    foreach ($name in 'stornvme', 'vpci') {
        $start = Get-RegildValue "$script:Services\$name" 'Start'
        if ($null -ne $start -and $start -ne 0) { Fail "$name starts with $start, not 0" }
    }
}
