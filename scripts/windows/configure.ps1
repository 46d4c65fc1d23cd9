# configure.ps1: the settings that Azure asks of an image (prepare-for-upload-vhd-image). A Marketplace base has nearly all of them.
. (Join-Path $PSScriptRoot 'lib.ps1')
$System32 = Join-Path $env:SystemRoot 'System32'

# Administrators may not change several of these since Server 2016, and need not: what has its start type already is not asked, and a
# refusal is told.
function Set-RegildStartType([string] $Type, [string[]] $Names) {
    foreach ($service in @(Get-Service -Name $Names -ErrorAction SilentlyContinue | Where-Object { "$($_.StartType)" -ne $Type })) {
        try {
            Set-Service -Name $service.Name -StartupType $Type
            Write-RegildLog "$($service.Name) starts: $Type"
        }
        catch { Write-RegildLog "could not change how $($service.Name) starts: $($_.Exception.Message)" }
    }
}

# Public Azure's activation service; AWS's is a link-local address that Azure does not answer.
function Set-RegildActivation {
    $path = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
    $name = Get-RegildProperty (Get-ItemProperty -LiteralPath $path) 'KeyManagementServiceName'
    if ($name -and $name -notmatch '^169\.254\.') { return }
    $line = "//nologo `"$System32\slmgr.vbs`" /skms azkms.core.windows.net:1688"
    $code = Invoke-RegildProgram (Join-Path $System32 'cscript.exe') $line 120
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
    if (Get-RegildValue $listener 'SSLCertificateSHA1Hash') { Remove-ItemProperty -LiteralPath $listener -Name 'SSLCertificateSHA1Hash' }
    $policy = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services'
    if ((Get-RegildValue $policy 'fDenyTSConnections') -eq 1) { Set-RegildValue $policy 'fDenyTSConnections' 0 }
    Set-RegildStartType 'Manual' 'TermService'
}

# Groups by their resource, since display names are translated.
function Set-RegildFirewall {
    Set-NetFirewallProfile -Profile @('Domain', 'Public', 'Private') -Enabled True
    Enable-NetFirewallRule -Group '@FirewallAPI.dll,-28752' -ErrorAction SilentlyContinue
    if (-not (Get-NetFirewallRule -Name 'AzurePlatform*' -ErrorAction SilentlyContinue)) {
        $fabric = @{ DisplayName = 'AzurePlatform'; RemoteAddress = '168.63.129.16'; Profile = 'Any'; Action = 'Allow' }
        New-NetFirewallRule -Name 'AzurePlatform-In' -Direction Inbound -EdgeTraversalPolicy Allow @fabric | Out-Null
        New-NetFirewallRule -Name 'AzurePlatform-Out' -Direction Outbound @fabric | Out-Null
    }
}

function Set-RegildBoot {
    $bcdedit = Join-Path $System32 'bcdedit.exe'
    foreach ($line in '/set {bootmgr} integrityservices enable', '/set {current} recoveryenabled Off',
        '/set {current} bootstatuspolicy IgnoreAllFailures', '/set {bootmgr} displaybootmenu yes', '/set {bootmgr} timeout 5',
        '/set {bootmgr} bootems yes', '/ems {current} ON', '/emssettings EMSPORT:1 EMSBAUDRATE:115200') {
        $code = Invoke-RegildProgram $bcdedit $line 60
        if ($code -ne 0) { Write-RegildLog "bcdedit $line ended with $code" }
    }
}

function Set-RegildSystem {
    # Provisioning reads a DVD.
    Set-RegildValue "$Services\cdrom" 'Start' 1

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
        try {
            Set-ExecutionPolicy -Scope LocalMachine -ExecutionPolicy RemoteSigned -Force
        }
        catch {
            Write-RegildLog 'the execution policy of the machine is RemoteSigned'
        }
    }
}

Invoke-RegildMain {
    Set-RegildActivation
    Set-RegildTime
    Set-RegildRemoteDesktop
    Set-RegildFirewall
    Set-RegildBoot
    Set-RegildSystem
}
