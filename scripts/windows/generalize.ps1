# generalize.ps1: the last action of a build. Cleans up, runs Sysprep with a deadline, and says why when it fails.
. (Join-Path $PSScriptRoot 'lib.ps1')
$System32 = Join-Path $env:SystemRoot 'System32'
$Sysprep = Join-Path $System32 'Sysprep'
$Ready = 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE'
$DeadlineMinutes = 30

# The first errors of the last run: those that follow are the same whatever the reason. regild knows what they mean (docs/failures.md).
function Get-RegildSysprepReason {
    $log = @('setupact.log', 'setuperr.log' | ForEach-Object { Join-Path "$Sysprep\Panther" $_ } | Where-Object { Test-Path -LiteralPath $_ })
    if ($log.Count -eq 0) { return 'it left no log' }
    $lines = @([IO.File]::ReadAllText($log[0]) -split "`n")
    $begin = @(0..($lines.Count - 1) | Where-Object { $lines[$_] -match 'Beginning of a new sysprep run' } | Select-Object -Last 1)
    if ($begin.Count -gt 0) { $lines = @($lines | Select-Object -Skip $begin[0]) }
    $errors = @($lines | Where-Object { $_ -match ', Error ' } | Select-Object -First 3 | ForEach-Object { ($_ -replace '^[^,]*, Error\s*(\[\w+\]\s*)?', '').Trim() })
    if ($errors.Count -eq 0) { return 'its logs do not say why' }
    return $errors -join ' | '
}

# Since Windows 11 24H2 an image that Local System generalized starts with a black screen (build 26100 and later).
function Assert-RegildSysprepAllowed {
    $build = [Environment]::OSVersion.Version.Build
    if ([Security.Principal.WindowsIdentity]::GetCurrent().IsSystem -and $build -ge 26100) { throw "Sysprep must not run as Local System on build ${build}: run this step as an administrator" }
    $pending = @(Get-RegildPendingRestart)
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

function Clear-RegildTraces {
    $patterns = '%SystemRoot%\System32\Sysprep\unattend.xml', '%SystemRoot%\System32\Sysprep\Panther\*', '%SystemRoot%\Panther', '%SystemDrive%\unattend.xml', '%SystemRoot%\Temp\*', '%SystemRoot%\MEMORY.DMP',
    '%SystemDrive%\Users\*\AppData\Roaming\Microsoft\Windows\PowerShell\PSReadLine\ConsoleHost_history.txt', '%ProgramData%\ssh\ssh_host_*', '%ProgramData%\ssh\administrators_authorized_keys', '%SystemDrive%\Users\*\.ssh\authorized_keys'
    foreach ($item in @($patterns | ForEach-Object { Get-RegildItems $_ })) { Remove-Item -LiteralPath $item.FullName -Recurse -Force -ErrorAction SilentlyContinue }
    # A machine with the identity of another is one machine to the update server.
    foreach ($name in 'SusClientId', 'SusClientIdValidation') { Remove-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate' -Name $name -ErrorAction SilentlyContinue }
    $winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    foreach ($name in 'DefaultPassword', 'AutoAdminLogon', 'AutoLogonCount') { Remove-ItemProperty -LiteralPath $winlogon -Name $name -ErrorAction SilentlyContinue }
    foreach ($log in @(Get-WinEvent -ListLog * -ErrorAction SilentlyContinue | Where-Object { $_.RecordCount -gt 0 -and $_.IsEnabled -and $_.LogType -ne 'Debug' -and $_.LogType -ne 'Analytical' })) {
        try { [Diagnostics.Eventing.Reader.EventLogSession]::GlobalSession.ClearLog($log.LogName) } catch { Write-RegildLog "could not clear the log $($log.LogName)" }
    }
}

# Every loop here has an end: Sysprep may stop without a word, and public examples then wait for ever.
function Invoke-RegildSysprep {
    $process = Start-Process -FilePath (Join-Path $Sysprep 'Sysprep.exe') -ArgumentList '/oobe', '/generalize', '/quiet', '/quit', '/mode:vm' -PassThru
    $deadline = (Get-Date).AddMinutes($DeadlineMinutes)
    $ended = $null
    while ((Get-RegildImageState) -ne $Ready) {
        if ((Get-Date) -ge $deadline) { throw "Sysprep did not finish within $DeadlineMinutes minutes (image state $(Get-RegildImageState)): $(Get-RegildSysprepReason)" }
        if ($process.HasExited) {
            # The state is written shortly before or after the program ends.
            if ($null -eq $ended) { $ended = Get-Date }
            elseif (((Get-Date) - $ended).TotalSeconds -ge 60) { throw "Sysprep ended without generalizing (image state $(Get-RegildImageState)): $(Get-RegildSysprepReason)" }
        }
        Start-Sleep -Seconds 10
    }
}

# In processes of their own: each ends with an exit code.
function Invoke-RegildLook {
    foreach ($name in 'leak-scan.ps1', 'checks.ps1') {
        & (Join-Path $System32 'WindowsPowerShell\v1.0\powershell.exe') -NoProfile -ExecutionPolicy Bypass -File (Join-Path $script:RegildHome $name) final | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "$name found what must not be in an image" }
    }
}

Invoke-RegildMain {
    Assert-RegildSysprepAllowed
    Wait-RegildAgent
    Clear-RegildTraces
    Invoke-RegildSysprep
    Invoke-RegildLook
    Set-Location "$env:SystemDrive\"
    Remove-Item -LiteralPath $script:RegildHome -Recurse -Force -ErrorAction SilentlyContinue
    Write-RegildLog 'generalized: this machine must not start again'
}
