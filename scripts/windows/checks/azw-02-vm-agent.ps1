function check_azw_02_vm_agent {
    foreach ($name in 'RdAgent', 'WindowsAzureGuestAgent') {
        $service = Get-Service -Name $name -ErrorAction SilentlyContinue
        if ($null -eq $service) { Fail "$name is missing" }
        if ($service.Status -ne 'Running' -or $service.StartType -ne 'Automatic') {
            Fail "$name is $($service.Status), $($service.StartType)"
        }
    }
}
