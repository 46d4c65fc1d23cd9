function check_azw_09_boot_drivers {
    foreach ($name in 'storvsc', 'vmbus', 'stornvme') {
        $start = Get-RegildValue "$script:Services\$name" 'Start'
        if ($start -ne 0) { Fail "$name starts with $start, not 0" }
    }
    foreach ($set in @(Get-ChildItem 'HKLM:\SYSTEM' | Where-Object { $_.PSChildName -match '^ControlSet\d+$' })) {
        foreach ($name in 'stornvme', 'pci') { if (Test-Path "HKLM:\SYSTEM\$($set.PSChildName)\Services\$name\StartOverride") { Fail "$($set.PSChildName) has a StartOverride for $name" } }
    }
}
