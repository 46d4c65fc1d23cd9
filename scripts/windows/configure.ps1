# configure.ps1: the settings that Azure asks of an image (prepare-for-upload-vhd-image). A Marketplace base has nearly all of them.
. (Join-Path $PSScriptRoot 'lib.ps1')
$System32 = Join-Path $env:SystemRoot 'System32'

function Set-RegildStartType([string] $Type, [string[]] $Names) {
    foreach ($name in $Names) { if (Get-Service -Name $name -ErrorAction SilentlyContinue) { Set-Service -Name $name -StartupType $Type } }
}

# Public Azure's activation service; AWS's is a link-local address that Azure does not answer.
function Set-RegildActivation {
    $path = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
    $name = Get-RegildProperty (Get-ItemProperty -LiteralPath $path) 'KeyManagementServiceName'
    if ($name -and $name -notmatch '^169\.254\.') { return }
    $code = Invoke-RegildProgram (Join-Path $System32 'cscript.exe') "//nologo `"$System32\slmgr.vbs`" /skms azkms.core.windows.net:1688" 120
    if ($code -ne 0) { throw "slmgr /skms ended with $code" }
    Write-RegildLog 'activation asks azkms.core.windows.net'
}

function Set-RegildTime {
    Set-RegildValue "$Control\TimeZoneInformation" 'RealTimeIsUniversal' 1
    Set-RegildValue "$Services\W32Time\TimeProviders\VMICTimeProvider" 'Enabled' 1
    $server = Get-RegildProperty (Get-ItemProperty "$Services\W32Time\Parameters") 'NtpServer'
    if ($server -match '169\.254\.169\.123') { Set-RegildValue "$Services\W32Time\Parameters" 'NtpServer' 'time.windows.com,0x8' 'String' }
    Set-RegildStartType 'Automatic' 'W32Time'
    & (Join-Path $System32 'tzutil.exe') /s 'UTC'
}

function Set-RegildRemoteDesktop {
    $server = "$Control\Terminal Server"
    $listener = "$server\WinStations\RDP-Tcp"
    Set-RegildValue $server 'fDenyTSConnections' 0
    Set-RegildValue $listener 'PortNumber' 3389
    Set-RegildValue $listener 'LanAdapter' 0
    Set-RegildValue $listener 'UserAuthentication' 1
    Set-RegildValue $listener 'fDisableAutoReconnect' 0
    # A certificate of the build machine would be asked for on every machine made from the image.
    if (Get-RegildProperty (Get-ItemProperty $listener) 'SSLCertificateSHA1Hash') { Remove-ItemProperty -LiteralPath $listener -Name 'SSLCertificateSHA1Hash' }
    $policy = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services'
    if ((Test-Path $policy) -and (Get-RegildProperty (Get-ItemProperty $policy) 'fDenyTSConnections') -eq 1) { Set-RegildValue $policy 'fDenyTSConnections' 0 }
    Set-RegildStartType 'Manual' 'TermService'
}

# Groups by their resource, since display names are translated.
function Set-RegildFirewall {
    Set-NetFirewallProfile -Profile @('Domain', 'Public', 'Private') -Enabled True
    Enable-NetFirewallRule -Group '@FirewallAPI.dll,-28752' -ErrorAction SilentlyContinue
    Enable-NetFirewallRule -Name @('WINRM-HTTP-In-TCP*', 'FPS-ICMP4-ERQ-In*') -ErrorAction SilentlyContinue
    if (-not (Get-NetFirewallRule -Name 'AzurePlatform*' -ErrorAction SilentlyContinue)) {
        New-NetFirewallRule -Name 'AzurePlatform-In' -DisplayName 'AzurePlatform' -Direction Inbound -RemoteAddress '168.63.129.16' -Profile Any -Action Allow -EdgeTraversalPolicy Allow | Out-Null
        New-NetFirewallRule -Name 'AzurePlatform-Out' -DisplayName 'AzurePlatform' -Direction Outbound -RemoteAddress '168.63.129.16' -Profile Any -Action Allow | Out-Null
    }
}

function Set-RegildBoot {
    $bcdedit = Join-Path $System32 'bcdedit.exe'
    foreach ($line in '/set {bootmgr} integrityservices enable', '/set {current} recoveryenabled Off', '/set {current} bootstatuspolicy IgnoreAllFailures',
        '/set {bootmgr} displaybootmenu yes', '/set {bootmgr} timeout 5', '/set {bootmgr} bootems yes', '/ems {current} ON', '/emssettings EMSPORT:1 EMSBAUDRATE:115200') {
        $code = Invoke-RegildProgram $bcdedit $line 60
        if ($code -ne 0) { Write-RegildLog "bcdedit $line ended with $code" }
    }
}

# Provisioning reads a DVD; NVMe sizes start from a driver that an image made on SCSI may have switched off.
function Set-RegildDrivers {
    Set-RegildValue "$Services\cdrom" 'Start' 1
    if (Test-Path "$Services\stornvme") {
        Set-RegildValue "$Services\stornvme" 'Start' 0
        foreach ($path in "$Services\stornvme\StartOverride", "$Services\pci\StartOverride") { if (Test-Path $path) { Remove-Item -LiteralPath $path -Recurse -Force } }
    }
}

function Set-RegildSystem {
    & (Join-Path $System32 'netsh.exe') winhttp reset proxy | Out-Null
    & (Join-Path $System32 'powercfg.exe') /setactive SCHEME_MIN
    & (Join-Path $System32 'powercfg.exe') /hibernate off
    # 1 = OnlineAll: data disks of a new machine come up by themselves.
    Set-RegildValue "$Services\partmgr\Parameters" 'SanPolicy' 1
    Set-RegildStartType 'Automatic' @('BFE', 'Dhcp', 'Dnscache', 'IKEEXT', 'iphlpsvc', 'nsi', 'mpssvc', 'RemoteRegistry')
    $computer = Get-CimInstance Win32_ComputerSystem
    if (-not $computer.AutomaticManagedPagefile) { Set-CimInstance -InputObject $computer -Property @{ AutomaticManagedPagefile = $true } }
    if ((Get-ExecutionPolicy -Scope LocalMachine) -eq 'Unrestricted') {
        # It is set, and then complains that this process has a policy of its own.
        try { Set-ExecutionPolicy -Scope LocalMachine -ExecutionPolicy RemoteSigned -Force } catch { Write-RegildLog 'the execution policy of the machine is RemoteSigned' }
    }
}

Invoke-RegildMain {
    Set-RegildActivation
    Set-RegildTime
    Set-RegildRemoteDesktop
    Set-RegildFirewall
    Set-RegildBoot
    Set-RegildDrivers
    Set-RegildSystem
}
