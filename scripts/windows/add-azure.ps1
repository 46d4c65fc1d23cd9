# add-azure.ps1: makes sure that the Azure VM agent is there and starts by itself. A Marketplace base brings it; nothing else installs it.
. (Join-Path $PSScriptRoot 'lib.ps1')

# Waits for a service; false when it does not run in time.
function Wait-RegildService([string] $Name, [int] $Seconds) {
    $deadline = (Get-Date).AddSeconds($Seconds)
    while ((Get-Service -Name $Name).Status -ne 'Running') {
        if ((Get-Date) -ge $deadline) { return $false }
        Start-Sleep -Seconds 5
    }
    return $true
}

Invoke-RegildMain {
    foreach ($name in 'RdAgent', 'WindowsAzureGuestAgent') {
        if (-not (Get-Service -Name $name -ErrorAction SilentlyContinue)) {
            $cure = "build on a Marketplace image, or install the agent's MSI in a step of your own"
            throw "the service $name of the Azure VM agent is missing: $cure"
        }
        Set-Service -Name $name -StartupType Automatic
        if (-not (Wait-RegildService $name 600)) { throw "the service $name did not start within ten minutes" }
        Write-RegildLog "$name runs"
    }
}
