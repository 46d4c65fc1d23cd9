# record.ps1: writes what became of the AWS components into the image, for whoever asks later. Only administrators can read it, and no
# secret is in it. Lines of C:\ProgramData\regild\translation.tsv:
#   plan|base|ami<TAB>digest, URN or id
#   inventory<TAB>before|after<TAB>programs|services<TAB>count
#   component<TAB>id<TAB>removed|kept|reported|left<TAB>where it was seen first
#   leak<TAB>rule<TAB>warn|allowed<TAB>path<TAB>kind
#   answer<TAB>id<TAB>item<TAB>reason: what the manifest answers for (answers.tsv)
#   check<TAB>id<TAB>pass|fail|skip|error<TAB>detail: a check before generalize that is the user's own, or found something and did not stop
#     the build (checks.ps1)
# A component that was seen neither before nor after nor in between has no line. A second run of the same plan adds to the record of the
# first. With $RegildInline set the text defines functions only: validation sends it to a booted machine together with lib.ps1.
$script:RegildRecord = Join-Path $env:ProgramData 'regild\translation.tsv'

# The fields of each line of a table; none when the file is not there.
function Get-RegildRows([string] $Path) {
    if (-not (Test-Path -LiteralPath $Path)) { return @() }
    return @([IO.File]::ReadAllLines($Path) | Where-Object { $_ } | ForEach-Object { , ($_ -split "`t") })
}

# Prints the record for validation in at most so many bytes: a line that counts its components and its checks, one for each check, those
# that failed first, one for each component, and one that says how many of these are cut off.
function Write-RegildRecord([int] $Room) {
    $rows = @(Get-RegildRows $script:RegildRecord)
    if ($rows.Count -eq 0) { return }
    $plan = @($rows | Where-Object { $_[0] -eq 'plan' } | ForEach-Object { $_[1] })[0]
    $lines = @($rows | Where-Object { $_[0] -eq 'component' } | ForEach-Object { "regild-component`t$($_[1])`t$($_[2])" })
    $asked = @($rows | Where-Object { $_[0] -eq 'check' })
    $checks = @($asked | Where-Object { 'fail', 'error' -contains $_[2] }) + @($asked | Where-Object { 'fail', 'error' -notcontains $_[2] })
    $head = "regild-record`t$plan`t$($lines.Count)`t$($checks.Count)"
    Write-Output $head | Out-Host
    # The line about the cut has room in any case.
    $left = $Room - 32 - $head.Length - 2
    foreach ($row in $checks) {
        $line = "regild-built`t$(@($row | Select-Object -Skip 1) -join "`t")"
        if ($left -lt $line.Length + 2) { continue }
        $left -= $line.Length + 2
        Write-Output $line | Out-Host
    }
    $shown = 0
    foreach ($line in $lines) {
        $left -= $line.Length + 2
        if ($left -lt 0) { break }
        Write-Output $line | Out-Host
        $shown++
    }
    if ($shown -lt $lines.Count) { Write-Output "regild-record-cut`t$($lines.Count - $shown)" | Out-Host }
}

function Get-RegildInventory([string] $When) {
    $file = Join-Path $script:RegildHome "inventory-$When.json"
    if (-not (Test-Path -LiteralPath $file)) { throw "inventory-$When.json is missing" }
    return ConvertFrom-Json ([IO.File]::ReadAllText($file))
}

# What an earlier run of the same plan wrote down: only its first look shows what was there before.
function Get-RegildEarlier([string] $Plan) {
    $rows = @(Get-RegildRows $script:RegildRecord)
    if (@($rows | Where-Object { $_[0] -eq 'plan' -and $_[1] -eq $Plan }).Count -eq 0) { return @() }
    return $rows
}

function Get-RegildCounts($Earlier, $Before, $After) {
    $first = @($Earlier | Where-Object { $_[0] -eq 'inventory' -and $_[1] -eq 'before' } | ForEach-Object { $_ -join "`t" })
    if ($first.Count -eq 0) { $first = @('programs', 'services' | ForEach-Object { "inventory`tbefore`t$_`t$(@($Before.$_).Count)" }) }
    return $first + @('programs', 'services' | ForEach-Object { "inventory`tafter`t$_`t$(@($After.$_).Count)" })
}

# id -> where it was seen first.
function Get-RegildSeen($Earlier, $Before, $After) {
    $seen = @{}
    $finds = @($Earlier | Where-Object { $_[0] -eq 'component' } | ForEach-Object { , @($_[1], $_[3]) })
    $finds += @($Before.components | ForEach-Object { , @($_.id, @($_.found)[0]) })
    $finds += @(Get-RegildRows (Join-Path $script:RegildHome 'report.tsv') | Where-Object { $_[1] -ne 'not-found' } |
            ForEach-Object { , @($_[0], ($_[2] -split ';')[0]) })
    $finds += @($After.components | ForEach-Object { , @($_.id, @($_.found)[0]) })
    foreach ($find in $finds) { if (-not $seen.ContainsKey($find[0])) { $seen[$find[0]] = $find[1] } }
    return $seen
}

function Get-RegildOutcomes($Earlier, $Before, $After) {
    $words = @{ remove = 'left'; keep = 'kept'; report = 'reported' }
    $seen = Get-RegildSeen $Earlier $Before $After
    $there = @($After.components | ForEach-Object { $_.id })
    return @(Get-RegildComponents | Where-Object { $seen.ContainsKey($_.id) } | ForEach-Object {
            $outcome = if ($there -contains $_.id) { $words[$_.action] } else { 'removed' }
            # A path may hold anything: of an access key id in one only the beginning is written down.
            $where = "$($seen[$_.id])" -replace '[\x00-\x1f]', ' ' -creplace '(AKIA|ASIA)[A-Z0-9]{16}', '$1...'
            "component`t$($_.id)`t$outcome`t$($where.Substring(0, [Math]::Min(200, $where.Length)))"
        })
}

# What the leak scan saw and let pass; what it does not let pass stops the build before this.
function Get-RegildLeaks {
    return @(Get-RegildRows (Join-Path $script:RegildHome 'leaks-found.tsv') | Where-Object { $_[1] -ne 'block' } |
            ForEach-Object { "leak`t$(($_ -join "`t") -creplace '(AKIA|ASIA)[A-Z0-9]{16}', '$1...')" })
}

# Why what would have stopped the build may be in the image.
function Get-RegildReasons {
    return @(Get-RegildAnswers | ForEach-Object { "answer`t$($_ -creplace '(AKIA|ASIA)[A-Z0-9]{16}', '$1...')" })
}

# Administrators and the system; nothing is inherited from the folder above, which every user can read.
function Protect-RegildFolder([string] $Path) {
    [void][IO.Directory]::CreateDirectory($Path)
    $icacls = Join-Path $env:SystemRoot 'System32\icacls.exe'
    $code = Invoke-RegildProgram $icacls "`"$Path`" /inheritance:r /grant:r *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F" 60
    if ($code -ne 0) { throw "icacls ended with $code for $Path" }
}

if (-not (Get-Variable -Name RegildInline -ErrorAction SilentlyContinue)) {
    . (Join-Path $PSScriptRoot 'lib.ps1')
    Invoke-RegildMain {
        $provenance = Join-Path $script:RegildHome 'provenance.tsv'
        if (-not (Test-Path -LiteralPath $provenance)) { throw 'provenance.tsv is missing' }
        $plan = @(Get-RegildRows $provenance | Where-Object { $_[0] -eq 'plan' } | ForEach-Object { $_[1] })[0]
        $earlier = @(Get-RegildEarlier $plan)
        $before = Get-RegildInventory 'before'
        $after = Get-RegildInventory 'after'
        $lines = @([IO.File]::ReadAllLines($provenance)) + @(Get-RegildCounts $earlier $before $after)
        $lines += @(Get-RegildOutcomes $earlier $before $after) + @(Get-RegildLeaks) + @(Get-RegildReasons)
        Protect-RegildFolder (Split-Path $script:RegildRecord)
        [IO.File]::WriteAllText($script:RegildRecord, (($lines -join "`n") + "`n"))
        Write-RegildLog "wrote $script:RegildRecord"
    }
}
