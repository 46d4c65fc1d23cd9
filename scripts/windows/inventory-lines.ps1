# inventory-lines.ps1: prints what is in this machine, for `regild inspect` and for the comparison after a build. Changes nothing.
#   powershell -File inventory-lines.ps1 >inventory.tsv
# Lines of `kind<TAB>field...` as scripts/linux/inventory-lines.sh prints them, from the keys of the registry that are read of a disk;
# the last is `end`, so that a cut text is seen. No secret: of variables the name, of files size and digest.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$Software = 'HKLM:\SOFTWARE\Microsoft'
$Version = "$Software\Windows NT\CurrentVersion"
$Control = 'HKLM:\SYSTEM\CurrentControlSet\Control'
$Services = 'HKLM:\SYSTEM\CurrentControlSet\Services'
$Firewall = "$Services\SharedAccess\Parameters\FirewallPolicy"
# What Windows and this program make right below the system drive.
$Own = '$Recycle.Bin', '$WinREAgent', '$Windows.~BT', 'Boot', 'bootmgr', 'BOOTNXT', 'BOOTSECT.BAK', 'Config.Msi', 'Documents and Settings',
'DumpStack.log*', 'hiberfil.sys', 'MSOCache', 'OneDriveTemp', 'pagefile.sys', 'Packages', 'PerfLogs', 'Program Files',
'Program Files (x86)', 'ProgramData', 'Recovery', 'regild', 'swapfile.sys', 'System Volume Information', 'Users', 'Windows',
'Windows.old', 'WindowsAzure'

# A control character would end a field or a line.
function Write-Line([object[]] $Fields) {
    return (@($Fields | ForEach-Object { "$_" -replace '[\x00-\x1f]', ' ' }) -join "`t")
}

# A value of a key, or $null where either is missing.
function Get-Value([string] $Path, [string] $Name) {
    if (-not (Test-Path -LiteralPath $Path)) { return $null }
    return (Get-Item -LiteralPath $Path).GetValue($Name, $null)
}

# The keys right below a key.
function Get-Below([string] $Path) {
    if (-not (Test-Path -LiteralPath $Path)) { return @() }
    return @(Get-ChildItem -LiteralPath $Path -ErrorAction SilentlyContinue)
}

# The release in the catalog's words: the year of a server, the label of one without a year, the number of a client.
function Get-Release([string] $Name, [string] $Type, [string] $Build, [string] $Label) {
    if ($Name -match 'Server (\d{4})( R2)?') {
        $year = $Matches[1]
        if ($Matches[2]) { $year = "$year-r2" }
        return @('windows-server', $year)
    }
    if ($Name -match 'Server' -or $Type -like 'Server*') { return @('windows-server', $Label.ToLowerInvariant()) }
    if ($Name -notmatch 'Windows (\d+(\.\d)?)') { return @('', '') }
    if ($Matches[1] -eq '10' -and [int] $Build -ge 22000) { return @('windows-client', '11') }
    return @('windows-client', $Matches[1])
}

function Get-SystemLines {
    $name = "$(Get-Value $Version 'ProductName')"
    $type = "$(Get-Value $Version 'InstallationType')"
    $build = "$(Get-Value $Version 'CurrentBuildNumber')"
    $id, $release = Get-Release $name $type $build "$(Get-Value $Version 'DisplayVersion')"
    Write-Line 'system', 'family', 'windows'
    if ($id) { Write-Line 'system', 'id', $id; Write-Line 'system', 'version', $release }
    Write-Line 'system', 'name', $name
    switch (Get-Value "$Control\Session Manager\Environment" 'PROCESSOR_ARCHITECTURE') {
        'AMD64' { Write-Line 'system', 'architecture', 'x64' }
        'ARM64' { Write-Line 'system', 'architecture', 'arm64' }
    }
    if ((Get-Value "$Control\Lsa\FipsAlgorithmPolicy" 'Enabled') -eq 1) { Write-Line 'system', 'fips', 'yes' }
    $languages = @(Get-Below "$Control\MUI\UILanguages" | ForEach-Object { $_.PSChildName } | Sort-Object)
    if ($languages.Count -gt 0) { Write-Line 'system', 'locale', $languages[0] }
    $zone = Get-Value "$Control\TimeZoneInformation" 'TimeZoneKeyName'
    if ($zone) { Write-Line 'system', 'timeZone', $zone }
    $computer = "$(Get-Value "$Control\ComputerName\ComputerName" 'ComputerName')" -replace '\d', '#'
    if ($computer) { Write-Line 'system', 'hostNamePattern', $computer }
    Write-Line 'windows', 'edition', (Get-Value $Version 'EditionID')
    Write-Line 'windows', 'installationType', $type
    $revision = Get-Value $Version 'UBR'
    if ($null -ne $revision) { $build = "$build.$revision" }
    Write-Line 'windows', 'build', $build
    if ($languages.Count -gt 0) { Write-Line 'windows', 'language', ($languages -join ', ') }
    Write-Line 'windows', 'imageState', (Get-Value "$Software\Windows\CurrentVersion\Setup\State" 'ImageState')
}

function Get-ProgramLines {
    $older = 'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall'
    $views = @{ "$Software\Windows\CurrentVersion\Uninstall" = ''; $older = 'x86' }
    foreach ($view in $views.Keys) {
        foreach ($key in @(Get-Below $view)) {
            $name = "$($key.GetValue('DisplayName'))".Trim()
            $shown = "$($key.GetValue('DisplayVersion'))"
            if ($name) { Write-Line 'package', 'program', $name, $shown, $views[$view], '' }
        }
    }
}

# Services that start by themselves or are disabled, and drivers that Windows did not bring itself.
function Get-ServiceLines {
    foreach ($key in @(Get-Below $Services)) {
        $type = [int] $key.GetValue('Type', 0)
        $start = $key.GetValue('Start', $null)
        if (($type -band 0x30) -and $start -eq 2) { Write-Line 'service', $key.PSChildName, 'enabled' }
        if (($type -band 0x30) -and $start -eq 4) { Write-Line 'service', $key.PSChildName, 'disabled' }
        $brought = @($key.GetValue('Owners', @()) | Where-Object { $_ -match '^oem\d+\.inf$' }).Count -gt 0
        if (($type -band 0x0b) -and $start -ne 4 -and $brought) { Write-Line 'driver', $key.PSChildName }
    }
}

function Get-FeatureLines {
    foreach ($key in @(Get-Below "$Software\ServerManager\ServicingStorage\ServerComponentCache")) {
        if ($key.GetValue('InstallState', 0) -eq 1) { Write-Line 'feature', $key.PSChildName }
    }
    foreach ($key in @(Get-Below "$Software\Windows\CurrentVersion\Component Based Servicing\Packages")) {
        if ($key.PSChildName -notmatch '^Package_for_(KB\d+)~') { continue }
        $number = $Matches[1].ToUpperInvariant()
        if ($key.GetValue('CurrentState', 0) -eq 112) { Write-Line 'hotfix', $number }
    }
}

function Get-TaskLines([string] $Key, [string] $Path, [int] $Depth) {
    foreach ($child in @(Get-Below $Key)) {
        $name = "$Path\$($child.PSChildName)"
        if ($name -eq '\Microsoft\Windows') { continue }
        if ($null -ne $child.GetValue('Id', $null)) { Write-Line 'task', $name }
        elseif ($Depth -lt 16) { Get-TaskLines "$Key\$($child.PSChildName)" $name ($Depth + 1) }
    }
}

function Get-SqlServerLines {
    $names = "$Software\Microsoft SQL Server\Instance Names\SQL"
    if (-not (Test-Path -LiteralPath $names)) { return }
    foreach ($instance in (Get-Item -LiteralPath $names).GetValueNames()) {
        $setup = "$Software\Microsoft SQL Server\$(Get-Value $names $instance)\Setup"
        $patched = Get-Value $setup 'PatchLevel'
        if (-not $patched) { $patched = Get-Value $setup 'Version' }
        Write-Line 'sql', $instance, (Get-Value $setup 'Edition'), $patched
    }
}

function Get-AccountLines {
    foreach ($account in @(Get-CimInstance Win32_UserAccount -Filter 'LocalAccount = True')) {
        $number = ($account.SID -split '-')[-1]
        $password = if ($account.Disabled) { 'locked' } else { 'set' }
        Write-Line 'account', $account.Name, $number, '513', "C:\Users\$($account.Name)", '', $password, '0'
    }
}

function Get-FirewallLines {
    foreach ($each in @(@('DomainProfile', 'domain'), @('StandardProfile', 'private'), @('PublicProfile', 'public'))) {
        $on = Get-Value "$Firewall\$($each[0])" 'EnableFirewall'
        if ($null -eq $on) { continue }
        $state = if ($on -eq 0) { 'off' } else { 'on' }
        Write-Line 'setting', 'firewall', "$($each[1]) profile", $state, "$Firewall\$($each[0])"
    }
    if (-not (Test-Path -LiteralPath "$Firewall\FirewallRules")) { return }
    $rules = Get-Item -LiteralPath "$Firewall\FirewallRules"
    foreach ($rule in $rules.GetValueNames()) {
        $fields = @{}
        foreach ($part in @("$($rules.GetValue($rule))" -split '\|' | Select-Object -Skip 1)) {
            $cut = $part.IndexOf('=')
            if ($cut -gt 0) { $fields[$part.Substring(0, $cut)] = $part.Substring($cut + 1) }
        }
        if (-not $fields['Name'] -or $fields['Name'].StartsWith('@') -or $fields['Active'] -ne 'TRUE') { continue }
        $known = @('Action', 'Dir', 'Protocol', 'LPort', 'RPort', 'App' | Where-Object { $fields.ContainsKey($_) })
        $told = @($known | ForEach-Object { "$_=$($fields[$_])" })
        Write-Line 'setting', 'firewall', "rule $($fields['Name'])", ($told -join ' '), "$Firewall\FirewallRules"
    }
}

function Get-SettingLines {
    Get-FirewallLines
    foreach ($server in @("$(Get-Value "$Services\W32Time\Parameters" 'NtpServer')" -split '\s+' | Where-Object { $_ })) {
        Write-Line 'setting', 'ntp', ($server -replace ',.*$', ''), 'server', "$Services\W32Time\Parameters"
    }
    $made = '^(ComSpec|DriverData|NUMBER_OF_PROCESSORS|OS|Path|PATHEXT|PROCESSOR_.*|PSModulePath|TEMP|TMP|USERNAME|windir)$'
    foreach ($name in (Get-Item -LiteralPath "$Control\Session Manager\Environment").GetValueNames()) {
        if ($name -and $name -notmatch $made) { Write-Line 'setting', 'environment', $name, 'set', "$Control\Session Manager\Environment" }
    }
}

# Files below a folder, past links.
function Get-FilesBelow([IO.DirectoryInfo] $Folder) {
    foreach ($item in @($Folder.GetFileSystemInfos())) {
        if ($item.Attributes -band [IO.FileAttributes]::ReparsePoint) { continue }
        if ($item -is [IO.DirectoryInfo]) { Get-FilesBelow $item } else { $item }
    }
}

function Get-Digest([byte[]] $Bytes) {
    $hash = [Security.Cryptography.SHA256]::Create().ComputeHash($Bytes)
    return ([BitConverter]::ToString($hash) -replace '-', '').ToLowerInvariant()
}

# Where a link leads, as it is read of a disk: without the drive, with `/` between folders.
function Get-LinkTarget([string] $Path) {
    $target = "$(@((Get-Item -LiteralPath $Path -Force).Target)[0])"
    return ($target -replace '^\\\?\?\\', '' -replace '^[A-Za-z]:', '' -replace '\\', '/')
}

function Get-ContentLines {
    foreach ($item in @((Get-Item -LiteralPath "$env:SystemDrive\" -Force).GetFileSystemInfos())) {
        $name = $item.Name
        if (@($Own | Where-Object { $name -like $_ }).Count -gt 0) { continue }
        $path = "C:\$name"
        if ($item.Attributes -band [IO.FileAttributes]::ReparsePoint) {
            $target = Get-LinkTarget $item.FullName
            if ($target) { Write-Line 'content', 'unowned', $path, 'link', 0, '0755', '0:0', $target }
            continue
        }
        if ($item -is [IO.FileInfo]) {
            $digest = if ($item.Length -le 1048576) { Get-Digest ([IO.File]::ReadAllBytes($item.FullName)) } else { '' }
            Write-Line 'content', 'unowned', $path, 'file', $item.Length, '0755', '0:0', $digest
            continue
        }
        $files = @(Get-FilesBelow $item)
        $rows = @($files | ForEach-Object { "C:$($_.FullName.Substring(2))`t$($_.Length)`n" })
        [Array]::Sort($rows, [StringComparer]::Ordinal)
        $bytes = [long] 0
        foreach ($file in $files) { $bytes += $file.Length }
        $digest = Get-Digest ([Text.Encoding]::UTF8.GetBytes($rows -join ''))
        Write-Line 'content', 'unowned', $path, 'tree', $bytes, '0755', '0:0', $digest, $files.Count
    }
}

"regild-inventory`t1"
Get-SystemLines
Get-ProgramLines
Get-ServiceLines
Get-FeatureLines
Get-TaskLines "$Version\Schedule\TaskCache\Tree" '' 0
Get-SqlServerLines
Get-AccountLines
Get-SettingLines
Get-ContentLines
'end'
