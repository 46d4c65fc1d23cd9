# Programs that are started, and programs that are installed.
# Runs a program with a deadline in seconds and returns its exit code; -1 when the deadline passed and it was ended.
function Invoke-RegildProgram([string] $File, [string] $Arguments, [int] $Seconds = 900) {
    $start = New-Object Diagnostics.ProcessStartInfo $File, $Arguments
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $process = [Diagnostics.Process]::Start($start)
    if ($process.WaitForExit($Seconds * 1000)) { return $process.ExitCode }
    $process.Kill()
    return -1
}

# Installed programs whose display name matches: bundles first, since a bundle takes its packages along.
function Get-RegildPrograms([string] $Pattern) {
    $keys = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*',
        'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'
    $programs = @(Get-ItemProperty -Path $keys -ErrorAction SilentlyContinue |
            Where-Object { (Get-RegildProperty $_ 'DisplayName') -and $_.DisplayName -like $Pattern })
    return @($programs | Sort-Object {
            if ($_.PSChildName -match '^\{[0-9A-Fa-f-]+\}$' -and -not (Get-RegildProperty $_ 'BundleUpgradeCode')) { 1 } else { 0 }
        })
}
