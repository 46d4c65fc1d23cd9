# Values of the registry, found and set.
# `KEY`, `KEY!value` or `KEY!value=expression`: objects with Path, Name (absent for a whole key) and Text.
function Get-RegildRegistry([string] $Entry) {
    $key, $rest = $Entry -split '!', 2
    $path = 'Registry::' + ($key -replace '^HKLM\\', 'HKEY_LOCAL_MACHINE\' -replace '^HKU\\', 'HKEY_USERS\')
    if (-not (Test-Path -LiteralPath $path)) { return @() }
    if (-not $rest) { return @(New-Object psobject -Property @{ Path = $path; Name = $null; Text = '' }) }
    $name, $expression = $rest -split '=', 2
    $item = Get-Item -LiteralPath $path
    return @($item.GetValueNames() | Where-Object { $_ -like $name } | ForEach-Object {
            $text = @($item.GetValue($_)) -join ';'
            if (-not $expression -or $text -match $expression) { New-Object psobject -Property @{ Path = $path; Name = $_; Text = $text } }
        })
}

# A value of a key, or $null where either is missing.
function Get-RegildValue([string] $Path, [string] $Name) {
    if (-not (Test-Path -LiteralPath $Path)) { return $null }
    return Get-RegildProperty (Get-ItemProperty -LiteralPath $Path) $Name
}

# Sets a registry value and creates its key where it is missing.
function Set-RegildValue([string] $Path, [string] $Name, $Value, [string] $Type = 'DWord') {
    if (-not (Test-Path -LiteralPath $Path)) { New-Item -Path $Path -Force | Out-Null }
    $present = Get-RegildProperty (Get-ItemProperty -LiteralPath $Path) $Name
    if ($present -ne $Value) {
        New-ItemProperty -LiteralPath $Path -Name $Name -Value $Value -PropertyType $Type -Force | Out-Null
        Write-RegildLog "set $Path $Name"
    }
}
