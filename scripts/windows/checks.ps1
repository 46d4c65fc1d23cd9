# checks.ps1 guest|final [id...]: runs checks of checks.tsv and fails when one of severity `block` does.
# Prints `regild-check<TAB>id<TAB>pass|fail|skip|error<TAB>detail`, at most 120 characters of detail.
# A check of the catalog is the function of its name: it passes by coming to its end, or calls Fail or Skip.
# With $RegildInline set the text defines functions only: validation sends it to a booted machine together with lib.ps1.
$script:Control = 'HKLM:\SYSTEM\CurrentControlSet\Control'
$script:Services = 'HKLM:\SYSTEM\CurrentControlSet\Services'

function Fail([string] $Text) { throw "regild-fail:$Text" }
function Skip([string] $Text) { throw "regild-skip:$Text" }

function Get-RegildCheckResult([string] $Id) {
    $name = 'check_' + ($Id -replace '-', '_')
    if (-not (Get-Command $name -CommandType Function -ErrorAction SilentlyContinue)) { return 'error', 'no such check' }
    try {
        & $name | Out-Null
        return 'pass', ''
    }
    catch {
        $message = $_.Exception.Message
        if ($message -match '^regild-(fail|skip):') { return $Matches[1], $message.Substring(12) }
        return 'error', $message
    }
}

# Leaves the ids that failed in $RegildFailed, and how many bytes it printed in $RegildPrinted.
function Invoke-RegildChecks([string] $Stage, [string[]] $Ids) {
    $script:RegildStage = $Stage
    $script:RegildPrinted = 0
    $failed = @()
    foreach ($id in $Ids) {
        $status, $detail = Get-RegildCheckResult $id
        $detail = $detail -replace '[\x00-\x1f]', ' '
        if ($detail.Length -gt 120) { $detail = $detail.Substring(0, 120) }
        $line = "regild-check`t$id`t$status`t$detail"
        Write-Output $line | Out-Host
        $script:RegildPrinted += [Text.Encoding]::UTF8.GetByteCount($line) + 2
        if ($status -eq 'fail' -or $status -eq 'error') { $failed += $id }
    }
    $script:RegildFailed = $failed
}

function Get-RegildValue([string] $Path, [string] $Name) {
    if (-not (Test-Path -LiteralPath $Path)) { return $null }
    return Get-RegildProperty (Get-ItemProperty -LiteralPath $Path) $Name
}

function check_azw_01_no_aws_components {
    $components = @(Get-RegildComponents)
    if ($components.Count -eq 0) { Skip 'no component table' }
    $found = @($components | Where-Object { $_.action -eq 'remove' -and $_.leftover -eq 'block' -and ($script:RegildStage -ne 'test-vm' -or $_.phase -ne 'generalize') } | ForEach-Object {
            $hits = @(Find-RegildComponent $_)
            if ($hits.Count -gt 0) { "$($_.id) ($($hits[0]))" }
        })
    if ($found.Count -gt 0) { Fail ($found -join ' ') }
}

function check_azw_02_vm_agent {
    foreach ($name in 'RdAgent', 'WindowsAzureGuestAgent') {
        $service = Get-Service -Name $name -ErrorAction SilentlyContinue
        if ($null -eq $service) { Fail "$name is missing" }
        if ($service.Status -ne 'Running' -or $service.StartType -ne 'Automatic') { Fail "$name is $($service.Status), $($service.StartType)" }
    }
}

function check_azw_03_remote_desktop {
    $server = "$script:Control\Terminal Server"
    $listener = "$server\WinStations\RDP-Tcp"
    if ((Get-RegildValue $server 'fDenyTSConnections') -ne 0) { Fail 'fDenyTSConnections is not 0' }
    if ((Get-RegildValue 'HKLM:\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services' 'fDenyTSConnections') -eq 1) { Fail 'a policy denies Remote Desktop' }
    if ((Get-RegildValue $listener 'PortNumber') -ne 3389) { Fail 'the port is not 3389' }
    if ((Get-RegildValue $listener 'UserAuthentication') -ne 1) { Fail 'network level authentication is off' }
    if ($script:RegildStage -eq 'guest' -and (Get-RegildValue $listener 'SSLCertificateSHA1Hash')) { Fail 'the listener is bound to a certificate of this machine' }
}

function check_azw_04_firewall {
    $off = @(Get-NetFirewallProfile | Where-Object { "$($_.Enabled)" -ne 'True' } | ForEach-Object { $_.Name })
    if ($off.Count -gt 0) { Fail "off: $($off -join ' ')" }
    $rules = @(Get-NetFirewallRule -Group '@FirewallAPI.dll,-28752' -ErrorAction SilentlyContinue | Where-Object { "$($_.Enabled)" -eq 'True' })
    if ($rules.Count -eq 0) { Fail 'no Remote Desktop rule is on' }
}

function check_azw_05_network {
    $routes = "$script:Services\Tcpip\Parameters\PersistentRoutes"
    if (Test-Path $routes) {
        $names = @((Get-Item $routes).GetValueNames() | Where-Object { $_ -match '^169\.254\.169\.' })
        if ($names.Count -gt 0) { Fail "persistent routes: $($names -join ' ')" }
    }
    $fixed = @(Get-CimInstance Win32_NetworkAdapterConfiguration -Filter 'IPEnabled=TRUE' | Where-Object { -not $_.DHCPEnabled } | ForEach-Object { $_.Description })
    if ($fixed.Count -gt 0) { Fail "without DHCP: $($fixed -join ' ')" }
    $suffixes = Get-RegildValue "$script:Services\Tcpip\Parameters" 'SearchList'
    if ($suffixes -match 'ec2\.internal|compute\.internal|amazonaws') { Fail "DNS suffixes $suffixes" }
}

function check_azw_06_kms {
    $name = Get-RegildValue 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform' 'KeyManagementServiceName'
    if ($name -match '^169\.254\.') { Fail "the key management service is $name" }
}

function check_azw_07_time {
    $server = Get-RegildValue "$script:Services\W32Time\Parameters" 'NtpServer'
    if ($server -match '169\.254\.169\.123') { Fail "NtpServer $server" }
    if ((Get-RegildValue "$script:Services\W32Time\TimeProviders\VMICTimeProvider" 'Enabled') -ne 1) { Fail 'the host time provider is off' }
    if ((Get-RegildValue "$script:Control\TimeZoneInformation" 'RealTimeIsUniversal') -ne 1) { Fail 'RealTimeIsUniversal is not 1' }
}

function check_azw_08_serial_console {
    $text = (& "$env:SystemRoot\System32\bcdedit.exe" /enum '{current}') -join ' '
    if ($text -notmatch '\bems\s+(Yes|Ja|Oui|S\S+)') { Fail 'EMS is off' }
}

function check_azw_09_boot_drivers {
    foreach ($name in 'storvsc', 'vmbus', 'stornvme') {
        $start = Get-RegildValue "$script:Services\$name" 'Start'
        if ($start -ne 0) { Fail "$name starts with $start, not 0" }
    }
    foreach ($set in @(Get-ChildItem 'HKLM:\SYSTEM' | Where-Object { $_.PSChildName -match '^ControlSet\d+$' })) {
        foreach ($name in 'stornvme', 'pci') { if (Test-Path "HKLM:\SYSTEM\$($set.PSChildName)\Services\$name\StartOverride") { Fail "$($set.PSChildName) has a StartOverride for $name" } }
    }
}

function check_azw_10_filter_drivers {
    foreach ($class in @(Get-ChildItem "$script:Control\Class" -ErrorAction SilentlyContinue)) {
        foreach ($kind in 'UpperFilters', 'LowerFilters') {
            foreach ($filter in @($class.GetValue($kind) | Where-Object { $_ })) { if (-not (Test-Path "$script:Services\$filter")) { Fail "$kind of $($class.PSChildName) names $filter" } }
        }
    }
    foreach ($service in @(Get-ChildItem $script:Services -ErrorAction SilentlyContinue)) {
        if ($service.GetValue('Start') -ne 0 -or -not $service.GetValue('ImagePath')) { continue }
        $file = "$($service.GetValue('ImagePath'))" -replace '^\\SystemRoot\\', "$env:SystemRoot\" -replace '^System32\\', "$env:SystemRoot\System32\" -replace '^\\\?\?\\', ''
        if (-not (Test-Path -LiteralPath $file)) { Fail "the boot driver $($service.PSChildName) has no file" }
    }
}

function check_azw_11_pending_restart {
    $reasons = @(Get-RegildPendingRestart)
    if ($reasons.Count -gt 0) { Fail ($reasons -join ', ') }
}

function check_azw_12_bitlocker {
    if (-not (Get-Command Get-BitLockerVolume -ErrorAction SilentlyContinue)) { Skip 'BitLocker is not installed' }
    $volume = Get-BitLockerVolume -MountPoint $env:SystemDrive
    if ("$($volume.VolumeStatus)" -ne 'FullyDecrypted') { Fail "$env:SystemDrive is $($volume.VolumeStatus)" }
}

function check_azw_13_appx {
    if (-not (Get-Command Get-AppxPackage -ErrorAction SilentlyContinue)) { Skip 'no app packages' }
    $provisioned = @(Get-AppxProvisionedPackage -Online | ForEach-Object { $_.DisplayName })
    $own = @(Get-AppxPackage -AllUsers | Where-Object {
            "$(Get-RegildProperty $_ 'SignatureKind')" -ne 'System' -and -not (Get-RegildProperty $_ 'IsFramework') -and -not (Get-RegildProperty $_ 'NonRemovable') -and $provisioned -notcontains $_.Name
        } | ForEach-Object { $_.Name })
    if ($own.Count -gt 0) { Fail ($own -join ' ') }
}

function check_azw_14_sysprep_allowed {
    if ((Get-CimInstance Win32_ComputerSystem).PartOfDomain) { Fail 'joined to a domain' }
    $rearms = Get-CimInstance SoftwareLicensingService | ForEach-Object { Get-RegildProperty $_ 'RemainingWindowsReArmCount' }
    if ($rearms -eq 0) { Fail 'no rearm is left' }
    if (-not (Get-Command Get-WindowsFeature -ErrorAction SilentlyContinue)) { return }
    $roles = @(Get-WindowsFeature -Name 'DHCP', 'ADRMS', 'WDS', 'NLB', 'WINS', 'Failover-Clustering', 'AD-Domain-Services' -ErrorAction SilentlyContinue | Where-Object { $_.Installed } | ForEach-Object { $_.Name })
    if ($roles.Count -gt 0) { Fail "roles that Sysprep or Azure do not support: $($roles -join ' ')" }
}

function check_azw_15_dvd_drive {
    if ((Get-RegildValue "$script:Services\cdrom" 'Start') -ne 1) { Fail 'the cdrom driver does not start' }
    $policy = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\RemovableStorageDevices'
    if ((Get-RegildValue $policy 'Deny_All') -eq 1 -or (Get-RegildValue "$policy\{53f56308-b6bf-11d0-94f2-00a0c91efb8b}" 'Deny_Read') -eq 1) { Fail 'a policy denies removable storage' }
}

function check_azw_16_disks {
    $policy = Get-RegildValue "$script:Services\partmgr\Parameters" 'SanPolicy'
    if ($policy -ne 1) { Fail "the SAN policy is $policy, not 1 (OnlineAll)" }
    $free = (Get-CimInstance Win32_LogicalDisk -Filter "DeviceID='$env:SystemDrive'").FreeSpace
    $megabytes = [int] ($free / 1048576)
    if ($megabytes -lt 2048) { Fail "$megabytes MB are left on $env:SystemDrive" }
}

function check_azw_17_answer_files {
    $winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    if (Get-RegildValue $winlogon 'DefaultPassword') { Fail 'Winlogon holds a DefaultPassword' }
    foreach ($pattern in '%SystemDrive%\unattend.xml', '%SystemDrive%\autounattend.xml', '%SystemRoot%\System32\Sysprep\unattend.xml', '%ProgramData%\Amazon\EC2Launch\sysprep\*.xml') {
        foreach ($item in @(Get-RegildItems $pattern)) { Fail $item.FullName }
    }
}

function check_azw_18_image_state {
    $state = Get-RegildImageState
    if ($state -ne 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE') { Fail "the image state is $state" }
}

function check_azw_19_first_boot {
    $state = Get-RegildImageState
    if ($state -ne 'IMAGE_STATE_COMPLETE') { Fail "the image state is $state" }
    if ((Get-RegildValue 'HKLM:\SYSTEM\Setup' 'SystemSetupInProgress') -ne 0) { Fail 'setup is still in progress' }
}

function check_azw_20_ghost_devices {
    $names = @(@(Get-RegildDevices '*Amazon*') + @(Get-RegildDevices 'AWS *') + @(Get-RegildDevices 'Xen *') | ForEach-Object { $_.FriendlyName } | Sort-Object -Unique)
    if ($names.Count -gt 0) { Fail ($names -join ' ') }
}

function check_azw_21_winrm_listeners {
    if ((Get-Service -Name WinRM -ErrorAction SilentlyContinue).Status -ne 'Running') { Skip 'WinRM does not run' }
    $bound = @(Get-ChildItem WSMan:\localhost\Listener -ErrorAction SilentlyContinue | Where-Object { $_.Keys -contains 'Transport=HTTPS' })
    if ($bound.Count -gt 0) { Fail 'an HTTPS listener is there before anybody asked for one' }
}

function check_azw_22_pending_renames {
    $files = @(Get-RegildPendingRenames)
    if ($files.Count -gt 0) { Fail "$($files.Count) entries, first $($files[0])" }
}

# Validation leaves the time of the boot behind before it restarts the machine.
$script:RegildBoot = Join-Path $env:SystemRoot 'Temp\regild-boot.txt'
function Get-RegildBoot { return "$((Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToFileTimeUtc())" }
function Set-RegildBoot { [IO.File]::WriteAllText($script:RegildBoot, (Get-RegildBoot)) }

function check_azw_23_restart {
    if (-not (Test-Path -LiteralPath $script:RegildBoot)) { Skip 'nobody looked at this machine before' }
    if ([IO.File]::ReadAllText($script:RegildBoot) -eq (Get-RegildBoot)) { Fail 'it is still the same boot' }
    check_azw_02_vm_agent
}

if (-not (Get-Variable -Name RegildInline -ErrorAction SilentlyContinue)) {
    . (Join-Path $PSScriptRoot 'lib.ps1')
    if ($args.Count -lt 1) { throw 'the stage is missing' }
    $stage = $args[0]
    $chosen = @($args | Select-Object -Skip 1)
    Invoke-RegildMain {
        $rows = @([IO.File]::ReadAllLines((Join-Path $script:RegildHome 'checks.tsv')) | ForEach-Object { , ($_ -split "`t") })
        $ids = if ($chosen.Count -gt 0) { $chosen } else { @($rows | Where-Object { ($_[2] -split ',') -contains $stage } | ForEach-Object { $_[0] }) }
        Invoke-RegildChecks -Stage $stage -Ids $ids
        $blocking = @($rows | Where-Object { $_[1] -eq 'block' } | ForEach-Object { $_[0] })
        $blocked = @($script:RegildFailed | Where-Object { $blocking -contains $_ })
        if ($blocked.Count -gt 0) { throw "failed checks: $($blocked -join ' ')" }
    }
}
