# What the manifest answers for: answers.tsv, lines of `glob of rule or check ids<TAB>glob of what was found<TAB>reason`.

# The lines of the table: handed over as a JSON list, in ASCII, on a machine without the build's folder, else answers.tsv (UTF-8).
function Get-RegildAnswers {
    $table = Get-Variable -Name RegildAnswers -Scope Script -ErrorAction SilentlyContinue
    if ($null -ne $table) { return @(ConvertFrom-Json $table.Value | ForEach-Object { $_ }) }
    $file = Join-Path $script:RegildHome 'answers.tsv'
    if (-not (Test-Path -LiteralPath $file)) { return @() }
    return @([IO.File]::ReadAllLines($file) | Where-Object { $_ })
}

# Whether somebody answers for what a rule or a check (id) found.
function Test-RegildAnswered([string] $Id, [string] $Item) {
    foreach ($line in @(Get-RegildAnswers)) {
        $ids, $items, $rest = $line -split "`t", 3
        if ($Id -like $ids -and $Item -like $items) { return $true }
    }
    return $false
}
