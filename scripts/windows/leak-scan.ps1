# leak-scan.ps1 guest|final: looks for what must not be in an image and fails when a finding blocks.
# Prints `regild-leak<TAB>rule<TAB>block|warn|allowed<TAB>path<TAB>kind`: never the secret, of a key id the first eight characters.
. (Join-Path $PSScriptRoot 'lib.ps1')
if ($args.Count -lt 1) { throw 'the stage is missing' }
$stage = $args[0]
$script:RegildBlocking = 0

function Write-RegildLeak([string] $Rule, [string] $Severity, [string] $Path, [string] $Kind) {
    if ((Test-RegildAnswered $Rule $Path) -or (Test-RegildAnswered $Rule $Kind)) { $Severity = 'allowed' }
    if ($Severity -eq 'block') { $script:RegildBlocking++ }
    $row = "$Rule`t$Severity`t$Path`t$Kind"
    Write-Output "regild-leak`t$row" | Out-Host
    # What stays in the image is written into its record.
    if ($stage -eq 'guest') { [IO.File]::AppendAllText((Join-Path $script:RegildHome 'leaks-found.tsv'), "$row`r`n") }
}

function Find-RegildPaths([string] $Rule, [string] $Severity, [string] $Kind, [string[]] $Patterns) {
    foreach ($item in @($Patterns | ForEach-Object { Get-RegildItems $_ })) {
        if ($item.PSIsContainer -or $item.Length -gt 0) { Write-RegildLeak $Rule $Severity $item.FullName $Kind }
    }
}

# Files of a pattern with a line that matches an expression.
function Find-RegildText([string] $Rule, [string] $Severity, [string] $Kind, [string] $Pattern, [string] $Expression) {
    foreach ($item in @(Get-RegildItems $Pattern | Where-Object { -not $_.PSIsContainer })) {
        try { $text = [IO.File]::ReadAllText($item.FullName) } catch { continue }
        if ([regex]::IsMatch($text, $Expression, [Text.RegularExpressions.RegexOptions]::Multiline)) {
            Write-RegildLeak $Rule $Severity $item.FullName $Kind
        }
    }
}

$Folders = "$env:SystemDrive\Users", $env:ProgramData, "$env:SystemDrive\inetpub", "$env:SystemDrive\cfn", "$env:SystemRoot\Temp",
"$env:SystemRoot\System32\config\systemprofile", "$env:ProgramFiles\Amazon"
$Extensions = '.txt', '.xml', '.json', '.yml', '.yaml', '.config', '.ini', '.env', '.ps1', '.cmd', '.bat', '.pem', '.key', '.ppk', '.cfg',
    '.conf',
'.properties', ''

# As the CLI, the environment, the Kinesis agent and cfn-hup write it.
$AwsSecret = '(secret_access_key|SECRET_ACCESS_KEY|aws_session_token|AWS_SESSION_TOKEN|[Aa]wsSecretAccessKey|AWSSecretKey)' +
    '["'' ]*[=:]["'' ]*[A-Za-z0-9/+=]{40}'

# Small text files in the places where people and programs keep settings.
function Get-RegildCandidates {
    foreach ($folder in $Folders) {
        if (-not (Test-Path -LiteralPath $folder)) { continue }
        Get-ChildItem -LiteralPath $folder -Recurse -File -Force -ErrorAction SilentlyContinue | Where-Object {
            $_.Length -gt 0 -and $_.Length -lt 1048576 -and $Extensions -contains $_.Extension -and
            -not $_.FullName.StartsWith($script:RegildHome) -and $_.FullName -notmatch '\\(Microsoft\\Windows Defender|Package Cache)\\'
        }
    }
}

function Find-RegildSecrets {
    foreach ($file in Get-RegildCandidates) {
        try { $text = [IO.File]::ReadAllText($file.FullName) } catch { continue }
        foreach ($match in [regex]::Matches($text, '\b(AKIA|ASIA)[A-Z0-9]{16}\b')) {
            if ($match.Value -notmatch 'EXAMPLE$') {
                Write-RegildLeak 'SW-04' 'block' $file.FullName "AWS key id $($match.Value.Substring(0, 8))"
            }
        }
        if (@([regex]::Matches($text, $AwsSecret) | Where-Object { $_.Value -notmatch 'EXAMPLE' }).Count -gt 0) {
            Write-RegildLeak 'SW-04' 'block' $file.FullName 'AWS secret'
        }
        if ($text -match '-----BEGIN ((RSA|EC|OPENSSH|DSA|ENCRYPTED) )?PRIVATE KEY-----') {
            Write-RegildLeak 'SW-06' 'block' $file.FullName 'private key'
        }
    }
}

function Find-RegildRegistrySecrets {
    $winlogon = Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    if (Get-RegildProperty $winlogon 'DefaultPassword') { Write-RegildLeak 'SW-03' 'block' 'Winlogon' 'DefaultPassword' }
    if ((Get-RegildProperty $winlogon 'AutoAdminLogon') -eq '1') { Write-RegildLeak 'SW-03' 'block' 'Winlogon' 'AutoAdminLogon' }
    foreach ($hit in @(Get-RegildRegistry 'HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment!AWS_*')) {
        Write-RegildLeak 'SW-04' 'block' 'environment' $hit.Name
    }
}

# Passwords that Windows keeps for what starts by itself, in places that only the system can read. Packer runs this very script by a task of
# that kind.
function Find-RegildStoredPasswords {
    $tasks = @(Get-ScheduledTask -ErrorAction SilentlyContinue | Where-Object { "$($_.Principal.LogonType)" -eq 'Password' })
    foreach ($task in @($tasks | Where-Object { "$($_.TaskPath)$($_.TaskName)" -notlike '\packer-*' })) {
        Write-RegildLeak 'SW-11' 'block' "$($task.TaskPath)$($task.TaskName)" 'stored password of a task'
    }
    $own = '^(LocalSystem|NT AUTHORITY\\|NT SERVICE\\|localSystem)'
    foreach ($service in @(Get-CimInstance Win32_Service | Where-Object { $_.StartName -and $_.StartName -notmatch $own })) {
        Write-RegildLeak 'SW-03' 'warn' $service.Name "service account $($service.StartName)"
    }
}

# What tells a management service, a licence server or another machine which machine this is.
function Find-RegildIdentities {
    foreach ($certificate in @(Get-ChildItem Cert:\LocalMachine\My -ErrorAction SilentlyContinue | Where-Object { $_.HasPrivateKey })) {
        $place = "Cert:\LocalMachine\My\$($certificate.Thumbprint.Substring(0, 8))"
        Write-RegildLeak 'SW-07' 'warn' $place "private key of $($certificate.Subject)"
    }
    # The update client may have made itself another since it was deleted.
    foreach ($hit in @(Get-RegildRegistry 'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate!SusClientId*')) {
        Write-RegildLeak 'SW-10' 'warn' 'WindowsUpdate' $hit.Name
    }
    foreach ($name in 'ServerAddress', 'vGamingMarketplace') {
        foreach ($hit in @(Get-RegildRegistry "HKLM\SOFTWARE\NVIDIA Corporation\Global\GridLicensing!$name")) {
            Write-RegildLeak 'SW-12' 'warn' 'GridLicensing' $hit.Name
        }
    }
    Find-RegildPaths 'SW-10' 'warn' 'management client' @('%SystemRoot%\SMSCFG.ini',
        '%ProgramData%\Microsoft\Windows Defender Advanced Threat Protection\*.onboarding')
    # The account that builds cannot take its own profile away.
    Find-RegildPaths 'SW-05' 'warn' 'profile of the account that built the image' @("%SystemDrive%\Users\$env:USERNAME")
}

# Agents of other vendors (agents.tsv): one that knows who it is would be the same one on every machine; a key of its own is a secret too.
function Find-RegildAgents {
    $table = Join-Path $script:RegildHome 'agents.tsv'
    if (-not (Test-Path -LiteralPath $table)) { return }
    $says = @{}
    foreach ($row in @([IO.File]::ReadAllLines($table) | Where-Object { $_ } | ForEach-Object { , ($_ -split "`t") })) {
        if ($row[1] -eq 'says') { $says[$row[0]] = $row[2]; continue }
        $severity = if ($row[1] -eq 'secret') { 'block' } else { 'warn' }
        if ($row[2] -like 'HKLM\*') {
            foreach ($hit in @(Get-RegildRegistry $row[2])) { Write-RegildLeak 'SW-13' $severity $row[2] $says[$row[0]] }
        }
        elseif ($row[3]) { Find-RegildText 'SW-13' $severity $says[$row[0]] $row[2] $row[3] }
        else { Find-RegildPaths 'SW-13' $severity $says[$row[0]] @($row[2]) }
    }
}

# What a machine is not to know at its first boot.
function Find-RegildMachineState {
    Find-RegildIdentities
    Find-RegildPaths 'SW-01' 'block' 'answer file' @('%SystemRoot%\System32\Sysprep\unattend.xml', '%SystemDrive%\unattend.xml',
        '%SystemDrive%\autounattend.xml')
    Find-RegildPaths 'SW-05' 'block' 'history' @(
        '%SystemDrive%\Users\*\AppData\Roaming\Microsoft\Windows\PowerShell\PSReadLine\ConsoleHost_history.txt')
    Find-RegildPaths 'SW-05' 'warn' 'saved login' @('%SystemDrive%\Users\*\AppData\Local\Microsoft\Credentials\*',
        '%SystemDrive%\Users\*\AppData\Roaming\Microsoft\Credentials\*', '%SystemDrive%\Users\*\Documents\Default.rdp')
    Find-RegildPaths 'SW-06' 'block' 'host key' @('%ProgramData%\ssh\ssh_host_*')
    Find-RegildPaths 'SW-06' 'block' 'authorized key' @('%SystemDrive%\Users\*\.ssh\authorized_keys')
    Find-RegildPaths 'SW-08' 'warn' 'agent settings' @('%SystemDrive%\Packages\Plugins\*\*\RuntimeSettings\*.settings')
}

Invoke-RegildMain {
    if ($stage -eq 'guest') { [IO.File]::WriteAllText((Join-Path $script:RegildHome 'leaks-found.tsv'), '') }
    Find-RegildSecrets
    Find-RegildStoredPasswords
    Find-RegildRegistrySecrets
    Find-RegildAgents
    Find-RegildPaths 'SW-02' 'block' 'EC2 launch settings' @('%ProgramData%\Amazon\EC2Launch\config\agent-config.yml',
        '%ProgramData%\Amazon\EC2-Windows\Launch\Config\LaunchConfig.json', '%ProgramFiles%\Amazon\Ec2ConfigService\Settings\*.xml')
    Find-RegildPaths 'SW-04' 'block' 'AWS credentials' @('%SystemDrive%\Users\*\.aws\credentials',
        '%SystemDrive%\Users\*\AppData\Local\AWSToolkit\RegisteredAccounts.json', '%ProgramData%\Amazon\SSM\InstanceData',
        '%SystemDrive%\greengrass\v2\privKey.key')
    $keys = @(Get-RegildItems '%SystemDrive%\Users\*\.ssh\id_*' | Where-Object { $_.Extension -ne '.pub' -and $_.Length -gt 0 })
    foreach ($key in $keys) { Write-RegildLeak 'SW-06' 'block' $key.FullName 'SSH key' }
    Find-RegildPaths 'SW-06' 'block' 'authorized key' @('%ProgramData%\ssh\administrators_authorized_keys')
    Find-RegildPaths 'SW-09' 'block' 'memory content' @('%SystemRoot%\MEMORY.DMP', '%SystemDrive%\hiberfil.sys')
    Find-RegildPaths 'SW-11' 'block' 'wireless profile' @('%ProgramData%\Microsoft\Wlansvc\Profiles\Interfaces\*\*.xml')
    if ($stage -eq 'final') { Find-RegildMachineState }
    if ($script:RegildBlocking -gt 0) { throw "$($script:RegildBlocking) findings must not be in an image" }
}
