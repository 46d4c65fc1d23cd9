# Functions that the guest scripts share. Windows PowerShell 5.1, ASCII only: without a byte order mark 5.1 reads the machine's code page.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$script:RegildHome = $PSScriptRoot

function Write-RegildLog([string] $Text) {
    Write-Output "regild: $Text" | Out-Host
}

# The value of a property, or $null: strict mode refuses properties that are not there.
function Get-RegildProperty($Object, [string] $Name) {
    if ($null -eq $Object) { return $null }
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return $property.Value
}

function Test-RegildAdministrator {
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    return ([Security.Principal.WindowsPrincipal] $identity).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
}

# Runs the script's main block; an error becomes one line and exit code 1.
function Invoke-RegildMain([scriptblock] $Main) {
    try {
        if (-not (Test-RegildAdministrator)) { throw 'must run as an administrator' }
        & $Main
    }
    catch {
        Write-RegildLog "error: $($_.Exception.Message)"
        exit 1
    }
    exit 0
}

# Runs a program with a deadline in seconds and returns its exit code; -1 when the deadline passed and it was ended.
function Invoke-RegildProgram([string] $File, [string] $Arguments, [int] $Seconds = 900) {
    $start = New-Object Diagnostics.ProcessStartInfo $File, $Arguments
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $process = [Diagnostics.Process]::Start($start)
    if ($process.WaitForExit($Seconds * 1000)) { return $process.ExitCode }
    $process.Kill()
    return -1
}

# --- AWS components ---------------------------------------------------------------------------------------------------

# The component table: handed over as text on a machine without the build's folder, else components.json.
function Get-RegildComponents {
    $table = Get-Variable -Name RegildTable -Scope Script -ErrorAction SilentlyContinue
    if ($null -ne $table) { return @(ConvertFrom-Json $table.Value | ForEach-Object { $_ }) }
    $file = Join-Path $script:RegildHome 'components.json'
    if (-not (Test-Path -LiteralPath $file)) { return @() }
    return @(ConvertFrom-Json ([IO.File]::ReadAllText($file)) | ForEach-Object { $_ })
}

function Get-RegildItems([string] $Pattern) {
    $path = [Environment]::ExpandEnvironmentVariables($Pattern)
    # A variable that this Windows does not have stays as it is written.
    if ($path -match '%') { return @() }
    return @(Get-Item -Path $path -Force -ErrorAction SilentlyContinue)
}

# Installed programs whose display name matches: bundles first, since a bundle takes its packages along.
function Get-RegildPrograms([string] $Pattern) {
    $keys = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*', 'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'
    $programs = @(Get-ItemProperty -Path $keys -ErrorAction SilentlyContinue | Where-Object { (Get-RegildProperty $_ 'DisplayName') -and $_.DisplayName -like $Pattern })
    return @($programs | Sort-Object { if ($_.PSChildName -match '^\{[0-9A-Fa-f-]+\}$' -and -not (Get-RegildProperty $_ 'BundleUpgradeCode')) { 1 } else { 0 } })
}

# `KEY`, `KEY!value` or `KEY!value=expression`: objects with Path, Name (absent for a whole key) and Text.
function Get-RegildRegistry([string] $Entry) {
    $key, $rest = $Entry -split '!', 2
    $path = 'Registry::' + ($key -replace '^HKLM\\', 'HKEY_LOCAL_MACHINE\' -replace '^HKU\\', 'HKEY_USERS\')
    if (-not (Test-Path -LiteralPath $path)) { return @() }
    if (-not $rest) { return @(New-Object psobject -Property @{ Path = $path; Name = $null; Text = '' }) }
    $name, $expression = $rest -split '=', 2
    $item = Get-Item -LiteralPath $path
    return @($item.GetValueNames() | Where-Object { $_ -like $name } | ForEach-Object {
            $text = @($item.GetValue($_)) -join ';'
            if (-not $expression -or $text -match $expression) { New-Object psobject -Property @{ Path = $path; Name = $_; Text = $text } }
        })
}

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

# Where a component is found, as texts.
function Find-RegildComponent($Component) {
    $found = @()
    foreach ($pattern in @($Component.programs)) { foreach ($hit in @(Get-RegildPrograms $pattern)) { $found += "program $($hit.DisplayName)" } }
    foreach ($name in @($Component.services)) { foreach ($hit in @(Get-RegildServices $name)) { $found += "service $hit" } }
    foreach ($pattern in @($Component.paths)) { foreach ($hit in @(Get-RegildItems $pattern)) { $found += "path $($hit.FullName)" } }
    foreach ($entry in @($Component.registry)) { foreach ($hit in @(Get-RegildRegistry $entry)) { $found += "registry $($hit.Path -replace '^Registry::', '') $($hit.Name)" } }
    foreach ($pattern in @($Component.tasks)) { foreach ($hit in @(Get-RegildTasks $pattern)) { $found += "task $($hit.TaskName)" } }
    foreach ($pattern in @($Component.drivers)) { foreach ($hit in @(Get-RegildDevices $pattern)) { $found += "device $($hit.FriendlyName)" } }
    foreach ($name in @($Component.users)) { foreach ($hit in @(Get-RegildLocalUsers $name)) { $found += "account $($hit.Name)" } }
    foreach ($rule in @($Component.contents)) {
        foreach ($file in @($rule.files)) {
            foreach ($hit in @(Get-RegildItems $file)) { if (Select-String -LiteralPath $hit.FullName -Pattern $rule.pattern -Quiet) { $found += "text in $($hit.FullName)" } }
        }
    }
    return @($found)
}

# Says what became of a component: in the build log, and in the folder for the record.
function Write-RegildComponent([string] $Id, [string] $Outcome, [string] $Detail) {
    $row = "$Id`t$Outcome`t$($Detail -replace '[\x00-\x1f]', ' ')"
    Write-Output "regild-component`t$row" | Out-Host
    [IO.File]::AppendAllText((Join-Path $script:RegildHome 'report.tsv'), "$row`r`n")
}

# --- state of the system ------------------------------------------------------------------------------------------------

# Why Windows wants a restart; empty when it does not.
function Get-RegildPendingRestart {
    $reasons = @()
    if (Test-Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending') { $reasons += 'component servicing' }
    if (Test-Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired') { $reasons += 'Windows Update' }
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

# Sets a registry value and creates its key where it is missing.
function Set-RegildValue([string] $Path, [string] $Name, $Value, [string] $Type = 'DWord') {
    if (-not (Test-Path -LiteralPath $Path)) { New-Item -Path $Path -Force | Out-Null }
    $present = Get-RegildProperty (Get-ItemProperty -LiteralPath $Path) $Name
    if ($present -ne $Value) {
        New-ItemProperty -LiteralPath $Path -Name $Name -Value $Value -PropertyType $Type -Force | Out-Null
        Write-RegildLog "set $Path $Name"
    }
}
