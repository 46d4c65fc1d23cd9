# What every guest script starts with: how it speaks and fails, and the functions of lib\, one subject to a file.
# Windows PowerShell 5.1, ASCII only: without a byte order mark 5.1 reads the machine's code page.
# With $RegildInline set the text is one with those files: validation sends them to a booted machine as one script.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$script:RegildHome = $PSScriptRoot
$script:Control = 'HKLM:\SYSTEM\CurrentControlSet\Control'
$script:Services = 'HKLM:\SYSTEM\CurrentControlSet\Services'

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

if (-not (Get-Variable -Name RegildInline -ErrorAction SilentlyContinue)) {
    . (Join-Path $PSScriptRoot 'lib\programs.ps1')
    . (Join-Path $PSScriptRoot 'lib\system.ps1')
    . (Join-Path $PSScriptRoot 'lib\registry.ps1')
    . (Join-Path $PSScriptRoot 'lib\answers.ps1')
    . (Join-Path $PSScriptRoot 'lib\components.ps1')
}
