# checks.ps1 guest|final [id...]: runs checks of checks.tsv and fails when one of severity `block` does.
# Prints `regild-check<TAB>id<TAB>pass|fail|skip|error<TAB>detail`, at most 120 characters of detail.
# A check is the function of its name in checks\<id>.ps1: it passes by coming to its end, or calls Fail or Skip.
# Somebody who answers for what a failed check says (answers.tsv) makes it a skipped one.
# With $RegildInline set the text defines functions only: validation sends it to a booted machine with the library and the checks asked.

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
        if ($message -match '^regild-(fail|skip):') {
            $status, $detail = $Matches[1], $message.Substring(12)
            if ($status -eq 'fail' -and (Test-RegildAnswered $Id $detail)) { return 'skip', "answered for: $detail" }
            return $status, $detail
        }
        return 'error', $message
    }
}

# Leaves the ids that failed in $RegildFailed, what they found and what the user's own ones ($Own) said as lines of the record in
# $RegildFound, and how many bytes it printed in $RegildPrinted.
function Invoke-RegildChecks([string] $Stage, [string[]] $Ids, [string[]] $Own = @()) {
    $script:RegildStage = $Stage
    $script:RegildPrinted = 0
    $script:RegildFound = @()
    $failed = @()
    foreach ($id in $Ids) {
        $status, $detail = Get-RegildCheckResult $id
        $detail = $detail -replace '[\x00-\x1f]', ' '
        if ($detail.Length -gt 120) { $detail = $detail.Substring(0, 120) }
        $line = "regild-check`t$id`t$status`t$detail"
        Write-Output $line | Out-Host
        $script:RegildPrinted += [Text.Encoding]::UTF8.GetByteCount($line) + 2
        if ($status -eq 'fail' -or $status -eq 'error') { $failed += $id }
        if ($failed -contains $id -or $Own -contains $id) {
            $script:RegildFound += "check`t$id`t$status`t$($detail -creplace '(AKIA|ASIA)[A-Z0-9]{16}', '$1...')"
        }
    }
    $script:RegildFailed = $failed
}

# Validation leaves the time of the boot behind before it restarts the machine.
$script:RegildBoot = Join-Path $env:SystemRoot 'Temp\regild-boot.txt'
function Get-RegildBoot { return "$((Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToFileTimeUtc())" }
function Set-RegildBoot { [IO.File]::WriteAllText($script:RegildBoot, (Get-RegildBoot)) }

if (-not (Get-Variable -Name RegildInline -ErrorAction SilentlyContinue)) {
    . (Join-Path $PSScriptRoot 'lib.ps1')
    foreach ($file in @(Get-ChildItem -Path (Join-Path $PSScriptRoot 'checks\*.ps1'))) { . $file.FullName }
    if ($args.Count -lt 1) { throw 'the stage is missing' }
    $stage = $args[0]
    $chosen = @($args | Select-Object -Skip 1)
    Invoke-RegildMain {
        $rows = @([IO.File]::ReadAllLines((Join-Path $script:RegildHome 'checks.tsv')) | ForEach-Object { , ($_ -split "`t") })
        $due = @($rows | Where-Object { ($_[2] -split ',') -contains $stage } | ForEach-Object { $_[0] })
        $ids = if ($chosen.Count -gt 0) { $chosen } else { $due }
        $own = @($rows | Where-Object { $_.Count -gt 3 -and $_[3] -eq 'own' } | ForEach-Object { $_[0] })
        Invoke-RegildChecks -Stage $stage -Ids $ids -Own $own
        # What a check before generalize found, and what the user's own ones say, goes into the image's record, for validation to tell
        # (record.ps1).
        $record = Join-Path $env:ProgramData 'regild\translation.tsv'
        if ($stage -eq 'guest' -and (Test-Path -LiteralPath $record)) {
            $lines = @([IO.File]::ReadAllLines($record) | Where-Object { $_ -notlike "check`t*" }) + @($script:RegildFound)
            [IO.File]::WriteAllText($record, (($lines -join "`n") + "`n"))
        }
        $blocking = @($rows | Where-Object { $_[1] -eq 'block' } | ForEach-Object { $_[0] })
        $blocked = @($script:RegildFailed | Where-Object { $blocking -contains $_ })
        if ($blocked.Count -gt 0) { throw "failed checks: $($blocked -join ' ')" }
    }
}
