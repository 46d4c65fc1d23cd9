# generalize.ps1: the last action of a build. Cleans up, runs Sysprep with a deadline, and says why when it fails.
. (Join-Path $PSScriptRoot 'lib.ps1')
$System32 = Join-Path $env:SystemRoot 'System32'
$Sysprep = Join-Path $System32 'Sysprep'
$Ready = 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE'
$DeadlineMinutes = 30

# The first errors of the last run: those that follow are the same whatever the reason. regild knows what they mean
# (docs/reference/failures.md). On machines of generation 2 Sysprep logs errors of the boot store (BCD) that stop nothing
# (github.com/microsoft/winget-cli/issues/5599).
function Get-RegildSysprepReason {
    $log = @('setupact.log', 'setuperr.log' | ForEach-Object { Join-Path "$Sysprep\Panther" $_ } |
            Where-Object { Test-Path -LiteralPath $_ })
    if ($log.Count -eq 0) { return 'it left no log' }
    $lines = @([IO.File]::ReadAllText($log[0]) -split "`n")
    $begin = @(0..($lines.Count - 1) | Where-Object { $lines[$_] -match 'Beginning of a new sysprep run' } | Select-Object -Last 1)
    if ($begin.Count -gt 0) { $lines = @($lines | Select-Object -Skip $begin[0]) }
    $failed = @($lines | Where-Object { $_ -match ', Error ' -and $_ -notmatch 'SYSPRP BCD: ' } | Select-Object -First 3)
    $errors = @($failed | ForEach-Object { ($_ -replace '^[^,]*, Error\s*(\[\w+\]\s*)?', '').Trim() })
    if ($errors.Count -eq 0) { return 'its logs do not say why' }
    return $errors -join ' | '
}

# Since Windows 11 24H2 an image that Local System generalized starts with a black screen (build 26100 and later).
function Assert-RegildSysprepAllowed {
    $build = [Environment]::OSVersion.Version.Build
    if ([Security.Principal.WindowsIdentity]::GetCurrent().IsSystem -and $build -ge 26100) {
        throw "Sysprep must not run as Local System on build ${build}: run this step as an administrator"
    }
    $pending = @(Get-RegildPendingRestart | Where-Object { -not (Test-RegildAnswered 'azw-11-pending-restart' $_) })
    if ($pending.Count -gt 0) { throw "a restart is pending ($($pending -join ', ')): restart before generalizing" }
}

# The agent must be up before it is captured: a machine that is generalized while it starts never reports ready.
function Wait-RegildAgent {
    $deadline = (Get-Date).AddMinutes(10)
    foreach ($name in 'RdAgent', 'WindowsAzureTelemetryService', 'WindowsAzureGuestAgent') {
        while ((Get-Service -Name $name -ErrorAction SilentlyContinue) -and (Get-Service -Name $name).Status -ne 'Running') {
            if ((Get-Date) -ge $deadline) { throw "the service $name did not start within ten minutes" }
            Start-Sleep -Seconds 5
        }
    }
}

$Traces = '%SystemRoot%\System32\Sysprep\unattend.xml', '%SystemRoot%\System32\Sysprep\Panther\*', '%SystemRoot%\Panther',
    '%SystemDrive%\unattend.xml',
'%SystemRoot%\Temp\*', '%SystemRoot%\MEMORY.DMP', '%ProgramData%\ssh\ssh_host_*'

# Keys and histories of people, unless the manifest answers for them.
$Logins = @{
    'SW-05' = @('%SystemDrive%\Users\*\AppData\Roaming\Microsoft\Windows\PowerShell\PSReadLine\ConsoleHost_history.txt')
    'SW-06' = @('%ProgramData%\ssh\administrators_authorized_keys', '%SystemDrive%\Users\*\.ssh\authorized_keys')
}

function Remove-RegildTrace([string] $Path) {
    Remove-Item -LiteralPath $Path -Recurse -Force -ErrorAction SilentlyContinue
    if (Test-Path -LiteralPath $Path) { Write-RegildLog "could not delete $Path" }
}

function Clear-RegildTraces {
    foreach ($item in @($Traces | ForEach-Object { Get-RegildItems $_ })) { Remove-RegildTrace $item.FullName }
    foreach ($rule in @($Logins.Keys)) {
        foreach ($item in @($Logins[$rule] | ForEach-Object { Get-RegildItems $_ })) {
            if (-not (Test-RegildAnswered $rule $item.FullName)) { Remove-RegildTrace $item.FullName }
        }
    }
    # A machine with the identity of another is one machine to the update server.
    $update = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate'
    $winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    foreach ($name in 'SusClientId', 'SusClientIdValidation') {
        Remove-ItemProperty -LiteralPath $update -Name $name -ErrorAction SilentlyContinue
    }
    foreach ($name in 'DefaultPassword', 'AutoAdminLogon', 'AutoLogonCount') {
        Remove-ItemProperty -LiteralPath $winlogon -Name $name -ErrorAction SilentlyContinue
    }
    Clear-RegildEventLogs
}

function Clear-RegildEventLogs {
    $logs = @(Get-WinEvent -ListLog * -ErrorAction SilentlyContinue | Where-Object { $_.RecordCount -gt 0 -and $_.IsEnabled })
    foreach ($log in @($logs | Where-Object { $_.LogType -ne 'Debug' -and $_.LogType -ne 'Analytical' })) {
        try { [Diagnostics.Eventing.Reader.EventLogSession]::GlobalSession.ClearLog($log.LogName) }
        catch { Write-RegildLog "could not clear the log $($log.LogName)" }
    }
}

# On a machine without such a controller Windows turns the drivers of NVMe off at each boot (StartOverride = 3), and a machine made from its
# image finds no disk on an NVMe size: 0x7B. So this is the last that happens before Sysprep, in every control set. `vpci` brings the
# controller, `stornvme` the disk.
function Set-RegildNvmeDrivers {
    foreach ($set in @(Get-ChildItem 'HKLM:\SYSTEM' | Where-Object { $_.PSChildName -match '^ControlSet\d+$' })) {
        foreach ($name in 'stornvme', 'vpci') {
            $path = "HKLM:\SYSTEM\$($set.PSChildName)\Services\$name"
            if (-not (Test-Path -LiteralPath $path)) { continue }
            Set-RegildValue $path 'Start' 0
            if (Test-Path -LiteralPath "$path\StartOverride") { Remove-Item -LiteralPath "$path\StartOverride" -Recurse -Force }
        }
        # Seconds that a disk may need, as Azure asks of NVMe guests.
        $driver = "HKLM:\SYSTEM\$($set.PSChildName)\Services\stornvme"
        if (Test-Path -LiteralPath $driver) { Set-RegildValue "$driver\Parameters" 'IoTimeoutValue' 240 }
    }
}

# What the build came in by, and the scheduled tasks that Packer leaves: WinRM answers by HTTPS on no machine that did not ask for it. The
# last action of all, since it cuts the build off.
function Remove-RegildBuildAccess {
    foreach ($task in @(Get-RegildTasks '\packer-*' | Where-Object { "$($_.State)" -ne 'Running' })) {
        Unregister-ScheduledTask -TaskName $task.TaskName -TaskPath $task.TaskPath -Confirm:$false
    }
    $listeners = @(Get-ChildItem WSMan:\localhost\Listener -ErrorAction SilentlyContinue)
    foreach ($listener in @($listeners | Where-Object { $_.Keys -contains 'Transport=HTTPS' })) {
        $print = "$((Get-ChildItem $listener.PSPath | Where-Object { $_.Name -eq 'CertificateThumbprint' }).Value)" -replace '\s', ''
        Remove-Item -LiteralPath $listener.PSPath -Recurse -Force -ErrorAction SilentlyContinue
        if ($print) { Remove-Item -LiteralPath "Cert:\LocalMachine\My\$print" -Force -ErrorAction SilentlyContinue }
    }
}

# Every loop here has an end: Sysprep may stop without a word, and public examples then wait for ever.
function Invoke-RegildSysprep {
    $words = '/oobe', '/generalize', '/quiet', '/quit', '/mode:vm'
    $process = Start-Process -FilePath (Join-Path $Sysprep 'Sysprep.exe') -ArgumentList $words -PassThru
    $deadline = (Get-Date).AddMinutes($DeadlineMinutes)
    $ended = $null
    while ((Get-RegildImageState) -ne $Ready) {
        if ((Get-Date) -ge $deadline) {
            throw "Sysprep did not finish within $DeadlineMinutes minutes (image state $(Get-RegildImageState)): $(Get-RegildSysprepReason)"
        }
        if ($process.HasExited) {
            # The state is written shortly before or after the program ends.
            if ($null -eq $ended) { $ended = Get-Date }
            elseif (((Get-Date) - $ended).TotalSeconds -ge 60) {
                throw "Sysprep ended without generalizing (image state $(Get-RegildImageState)): $(Get-RegildSysprepReason)"
            }
        }
        Start-Sleep -Seconds 10
    }
}

# In processes of their own: each ends with an exit code.
function Invoke-RegildLook {
    $powershell = Join-Path $System32 'WindowsPowerShell\v1.0\powershell.exe'
    foreach ($name in 'leak-scan.ps1', 'checks.ps1') {
        & $powershell -NoProfile -ExecutionPolicy Bypass -File (Join-Path $script:RegildHome $name) final | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "$name found what must not be in an image" }
    }
}

Invoke-RegildMain {
    Assert-RegildSysprepAllowed
    Wait-RegildAgent
    Clear-RegildTraces
    Set-RegildNvmeDrivers
    Invoke-RegildSysprep
    Invoke-RegildLook
    Set-Location "$env:SystemDrive\"
    Remove-Item -LiteralPath $script:RegildHome -Recurse -Force -ErrorAction SilentlyContinue
    Write-RegildLog 'generalized: this machine must not start again'
    Remove-RegildBuildAccess
}
