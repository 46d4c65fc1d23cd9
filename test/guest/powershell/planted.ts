/** Texts that must be found, so that a grammar or a rule that finds nothing fails the suite: a name, and lines of PowerShell. */
export const BROKEN: Readonly<Record<string, string>> = {
  'a brace that is not closed': 'function Get-X {\n  1',
  'a parenthesis that is not closed': 'if ($x { 1 }',
  'a string that is not closed': '$x = "abc',
  'a hash table that is not closed': '$x = @{ a = 1',
  'a here-string that is not closed': "$x = @'\nabc\n",
  'an operator without its right side': '$x = 1 +',
  'a catch that is no block': 'try { 1 } catch 2',
  'the ternary operator': '$x = $a ? 1 : 2',
  'the null-coalescing operator': '$x = $a ?? 1',
  'the null-coalescing assignment': '$x ??= 1',
  'the null-conditional member': '$x = ${a}?.Length',
  'the null-conditional index': '$x = ${a}?[0]',
  'the background operator': 'Get-Item x &',
};

/** PowerShell that only a later version than 5.1 runs. */
export const LATER: Readonly<Record<string, string>> = {
  'a chain with &&': 'Get-Item a && Get-Item b',
  'a chain with ||': 'Get-Item a || Get-Item b',
  'ForEach-Object -Parallel': '1..3 | ForEach-Object -Parallel { $_ }',
  'Get-Content -AsByteStream': 'Get-Content -LiteralPath a -AsByteStream',
  'ConvertFrom-Json -AsHashtable': '$x = $y | ConvertFrom-Json -AsHashtable',
  'Invoke-WebRequest -SkipCertificateCheck': 'Invoke-WebRequest -Uri $u -SkipCertificateCheck',
  'Remove-Service': 'Remove-Service -Name x',
  $IsWindows: 'if ($IsWindows) { 1 }',
  'the escape `e': '$x = "`e[0m"',
  'a clean block': 'function Get-X { clean { 1 } }',
  'text outside ASCII': "$x = 'größer'",
};

/** PowerShell 5.1 that resembles the above and must not be found. */
export const SOUND: Readonly<Record<string, string>> = {
  'a class': 'class A { [string] $Name }',
  'the alias ? for Where-Object': '1..3 | ? { $_ -gt 1 }',
  'a backtick before a backtick and e': '$x = "``e"',
  '&& in a string': "cmd.exe /c 'a && b'",
  'splatting and a here-string': '$a = @{ Path = 1 }\nGet-Item @a\n$b = @"\n$a && b\n"@',
};
