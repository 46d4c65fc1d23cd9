# The system below: its services, tasks, devices, accounts, and what it waits for.
# Services and drivers by their key: Get-Service does not list drivers. A disabled one is no finding.
function Get-RegildServices([string] $Name) {
    $path = "HKLM:\SYSTEM\CurrentControlSet\Services\$Name"
    if (-not (Test-Path -LiteralPath $path)) { return @() }
    if ((Get-RegildProperty (Get-ItemProperty -LiteralPath $path) 'Start') -eq 4) { return @() }
    return @($Name)
}

function Get-RegildTasks([string] $Pattern) {
    return @(Get-ScheduledTask -ErrorAction SilentlyContinue | Where-Object { "$($_.TaskPath)$($_.TaskName)" -like $Pattern })
}

# Devices that Windows remembers, present or not.
function Get-RegildDevices([string] $Pattern) {
    if (-not (Get-Command Get-PnpDevice -ErrorAction SilentlyContinue)) { return @() }
    return @(Get-PnpDevice -ErrorAction SilentlyContinue | Where-Object { $_.FriendlyName -like $Pattern })
}

function Get-RegildLocalUsers([string] $Name) {
    if (-not (Get-Command Get-LocalUser -ErrorAction SilentlyContinue)) { return @() }
    return @(Get-LocalUser -Name $Name -ErrorAction SilentlyContinue)
}

# Why Windows wants a restart; empty when it does not.
function Get-RegildPendingRestart {
    $reasons = @()
    $windows = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion'
    if (Test-Path "$windows\Component Based Servicing\RebootPending") { $reasons += 'component servicing' }
    if (Test-Path "$windows\WindowsUpdate\Auto Update\RebootRequired") { $reasons += 'Windows Update' }
    return @($reasons)
}

# Files that wait for a restart to be renamed or deleted. Azure's own agents and the virus scanner put some there on a healthy
# machine, so they alone stop nothing.
function Get-RegildPendingRenames {
    $renames = Get-RegildProperty (Get-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager') 'PendingFileRenameOperations'
    return @($renames | Where-Object { $_ } | ForEach-Object { $_ -replace '^!?\\\?\?\\', '' })
}

function Get-RegildImageState {
    return Get-RegildProperty (Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State') 'ImageState'
}

# The plan was made for one system, and a guest of another is left as it is: its release, by the name that Windows gives itself, and its
# processor. system.json says none of it where scripts run by hand.
function Assert-RegildPlannedSystem {
    $file = Join-Path $script:RegildHome 'system.json'
    if (-not (Test-Path -LiteralPath $file)) { return }
    $planned = ConvertFrom-Json ([IO.File]::ReadAllText($file))
    $caption = (Get-CimInstance Win32_OperatingSystem).Caption
    $processor = @(Get-CimInstance Win32_Processor)[0].Architecture
    if ($caption -match $planned.caption -and $processor -eq $planned.processor) { return }
    throw "this is $caption on a processor of kind $processor, and the plan is for $($planned.title) on one of kind $($planned.processor)"
}
