# updates.ps1 more|last: installs all updates that Windows offers, but previews and what asks a question. What could not be
# installed is tried again after the restart that follows; in the last round it stops the build. It must run as Local System: the
# Windows Update Agent refuses whoever came in over the network.
. (Join-Path $PSScriptRoot 'lib.ps1')
if ($args.Count -lt 1) { throw 'the round is missing' }
$Round = $args[0]
# OperationResultCode of the Windows Update Agent: 2 = succeeded, 3 = succeeded with errors.
$Succeeded = 2, 3

function Get-RegildUpdates($Session) {
    $found = $Session.CreateUpdateSearcher().Search('IsInstalled=0 and IsHidden=0').Updates
    return @($found | Where-Object { $_.Title -notlike '*Preview*' -and -not $_.InstallationBehavior.CanRequestUserInput })
}

function New-RegildUpdateCollection($Updates) {
    $collection = New-Object -ComObject Microsoft.Update.UpdateColl
    foreach ($update in @($Updates)) {
        if (-not $update.EulaAccepted) { $update.AcceptEula() }
        [void] $collection.Add($update)
    }
    return , $collection
}

# Titles of what could not be installed, each with the agent's code.
function Install-RegildUpdates($Session, $Updates) {
    $collection = New-RegildUpdateCollection $Updates
    $downloader = $Session.CreateUpdateDownloader()
    $downloader.Updates = $collection
    [void] $downloader.Download()
    $installer = $Session.CreateUpdateInstaller()
    $installer.Updates = $collection
    $result = $installer.Install()
    $failed = @()
    for ($index = 0; $index -lt $collection.Count; $index++) {
        $one = $result.GetUpdateResult($index)
        $title = $collection.Item($index).Title
        if ($Succeeded -contains [int] $one.ResultCode) { Write-RegildLog "installed $title" }
        else { $failed += ('{0} (0x{1:X8})' -f $title, [int] $one.HResult) }
    }
    return $failed
}

Invoke-RegildMain {
    $session = New-Object -ComObject Microsoft.Update.Session
    $updates = @(Get-RegildUpdates $session)
    Write-RegildLog "Windows offers $($updates.Count) updates"
    if ($updates.Count -gt 0) {
        $failed = @(Install-RegildUpdates $session $updates)
        foreach ($one in $failed) { Write-RegildLog "could not install $one" }
        if ($Round -eq 'last' -and $failed.Count -gt 0) { throw "could not install $($failed -join ', ')" }
    }
}
