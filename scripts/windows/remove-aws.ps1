# remove-aws.ps1 <phase>: removes the AWS components that the plan decided on in this phase and reports the ones it leaves.
# What still is found afterwards is no error here: the checks azw-01 and azw-25 decide what that means.
. (Join-Path $PSScriptRoot 'lib.ps1')
if ($args.Count -lt 1) { throw 'the phase is missing' }
$phase = $args[0]

# 1605 and 1614: not installed; 1641 and 3010: done, a restart is due (the restart step and azw-11 see to it).
$UninstallDone = 0, 1605, 1614, 1641, 3010

# Splits a command line into program and arguments; the program may be quoted.
function Split-RegildCommand([string] $Line) {
    if ($Line -match '^\s*"([^"]+)"\s*(.*)$') { return $Matches[1], $Matches[2] }
    if ($Line -match '^\s*(.+?\.exe)(?:\s+(.*))?$') { return $Matches[1], "$($Matches[2])" }
    return $Line, ''
}

# An MSI package goes by its product code; a bundle by its own quiet command.
function Uninstall-RegildProgram($Program) {
    $code = $Program.PSChildName
    $line = Get-RegildProperty $Program 'QuietUninstallString'
    if (-not $line) { $line = Get-RegildProperty $Program 'UninstallString' }
    if ($code -match '^\{[0-9A-Fa-f-]+\}$' -and ($line -match 'msiexec' -or -not $line)) {
        return Invoke-RegildProgram (Join-Path $env:SystemRoot 'System32\msiexec.exe') "/x $code /qn /norestart"
    }
    if (-not $line) { return -1 }
    $file, $arguments = Split-RegildCommand $line
    if (-not (Test-Path -LiteralPath $file)) { return -1 }
    foreach ($word in '/quiet', '/norestart') { if ($arguments -notmatch [regex]::Escape($word)) { $arguments = "$arguments $word" } }
    if ($arguments -notmatch '/uninstall') { $arguments = "/uninstall $arguments" }
    return Invoke-RegildProgram $file $arguments
}

# A bundle may leave its packages as entries of their own: look again, three rounds are enough for all that are known.
function Remove-RegildPrograms($Component) {
    foreach ($round in 1..3) {
        $programs = @(@($Component.programs) | ForEach-Object { Get-RegildPrograms $_ })
        if ($programs.Count -eq 0) { return }
        foreach ($program in $programs) {
            $code = Uninstall-RegildProgram $program
            $result = if ($UninstallDone -contains $code) { 'uninstalled' } else { "uninstall ended with $code for" }
            Write-RegildLog "$result $($program.DisplayName)"
        }
    }
}

# A filter that names a missing driver stops the boot, so the name goes before the driver does.
function Remove-RegildFilters($Component) {
    foreach ($entry in @($Component.registry | Where-Object { $_ -match '!(Upper|Lower)Filters=' })) {
        $expression = ($entry -split '=', 2)[1]
        foreach ($hit in @(Get-RegildRegistry $entry)) {
            $rest = @((Get-Item -LiteralPath $hit.Path).GetValue($hit.Name) | Where-Object { $_ -notmatch $expression })
            if ($rest.Count -gt 0) { Set-ItemProperty -LiteralPath $hit.Path -Name $hit.Name -Value $rest -Type MultiString }
            else { Remove-ItemProperty -LiteralPath $hit.Path -Name $hit.Name }
            Write-RegildLog "took $expression out of $($hit.Path) $($hit.Name)"
        }
    }
}

# Drivers are only turned off: what their package leaves behind must not start, and deleting a boot driver's key is no way back.
function Disable-RegildServices($Component) {
    foreach ($name in @(@($Component.services) | ForEach-Object { Get-RegildServices $_ })) {
        Stop-Service -Name $name -Force -ErrorAction SilentlyContinue
        Set-ItemProperty -LiteralPath "HKLM:\SYSTEM\CurrentControlSet\Services\$name" -Name Start -Value 4
        Write-RegildLog "turned off the service $name"
    }
}

function Remove-RegildServices($Component) {
    foreach ($name in @($Component.services)) {
        $key = "HKLM:\SYSTEM\CurrentControlSet\Services\$name"
        if ($Component.kind -eq 'driver' -or -not (Test-Path -LiteralPath $key)) { continue }
        Invoke-RegildProgram (Join-Path $env:SystemRoot 'System32\sc.exe') "delete `"$name`"" 60 | Out-Null
        Write-RegildLog "deleted the service $name"
    }
}

# The driver package of a device by its file name (only added ones, oemN.inf), then devices that are no longer there.
function Remove-RegildDrivers($Component) {
    $pnputil = Join-Path $env:SystemRoot 'System32\pnputil.exe'
    foreach ($pattern in @($Component.drivers)) {
        $packages = @(Get-CimInstance Win32_PnPSignedDriver |
                Where-Object { $_.DeviceName -like $pattern -and $_.InfName -match '^oem\d+\.inf$' } |
                ForEach-Object { $_.InfName } | Sort-Object -Unique)
        foreach ($package in $packages) {
            $code = Invoke-RegildProgram $pnputil "/delete-driver $package /uninstall" 300
            Write-RegildLog "pnputil ended with $code for $package ($pattern)"
        }
        foreach ($device in @(Get-RegildDevices $pattern | Where-Object { $_.Status -eq 'Unknown' })) {
            $code = Invoke-RegildProgram $pnputil "/remove-device `"$($device.InstanceId)`"" 60
            Write-RegildLog "pnputil ended with $code for the remembered device $($device.FriendlyName)"
        }
    }
}

function Remove-RegildRegistry($Component) {
    foreach ($entry in @($Component.registry | Where-Object { $_ -notmatch '!(Upper|Lower)Filters=' })) {
        foreach ($hit in @(Get-RegildRegistry $entry)) {
            if ($hit.Name) { Remove-ItemProperty -LiteralPath $hit.Path -Name $hit.Name }
            elseif ($hit.Path -match '\\SOFTWARE\\(Wow6432Node\\)?Amazon\\') { Remove-Item -LiteralPath $hit.Path -Recurse -Force }
            else { continue }
            Write-RegildLog "removed $($hit.Path) $($hit.Name)"
        }
    }
}

# Only below a folder of the vendor or of a user: never a drive, and never a folder of Windows itself.
function Test-RegildRemovable([string] $Path) {
    $parts = @($Path.TrimEnd('\') -split '\\')
    if ($parts.Count -lt 2 -or $Path -notmatch '^[A-Za-z]:\\') { return $false }
    $protected = $env:SystemRoot, "$env:SystemRoot\System32", "$env:SystemRoot\System32\Sysprep", "$env:SystemRoot\Panther",
        $env:ProgramFiles, ${env:ProgramFiles(x86)}, $env:ProgramData, "$env:SystemDrive\Users"
    return $protected -notcontains $Path.TrimEnd('\')
}

function Remove-RegildPaths($Component) {
    foreach ($item in @(@($Component.removePaths) | ForEach-Object { Get-RegildItems $_ })) {
        if (-not (Test-RegildRemovable $item.FullName)) { continue }
        Remove-Item -LiteralPath $item.FullName -Recurse -Force -ErrorAction SilentlyContinue
        $result = if (Test-Path -LiteralPath $item.FullName) { 'could not remove' } else { 'removed' }
        Write-RegildLog "$result $($item.FullName)"
    }
}

function Edit-RegildFiles($Component) {
    foreach ($edit in @($Component.edits)) {
        $replacement = Get-RegildProperty $edit 'replacement'
        foreach ($item in @(@($edit.files) | ForEach-Object { Get-RegildItems $_ })) {
            $lines = [IO.File]::ReadAllLines($item.FullName)
            $changed = @($lines | ForEach-Object {
                    if ($_ -notmatch $edit.pattern) { $_ } elseif ($null -ne $replacement) { $_ -replace $edit.pattern, $replacement }
                })
            if (($changed -join "`n") -ne ($lines -join "`n")) {
                [IO.File]::WriteAllLines($item.FullName, [string[]] $changed)
                Write-RegildLog "changed $($item.FullName)"
            }
        }
    }
}

function Remove-RegildComponent($Component) {
    $before = @(Find-RegildComponent $Component)
    if ($before.Count -eq 0) {
        Write-RegildComponent $Component.id 'not-found' ''
        return
    }
    Remove-RegildFilters $Component
    foreach ($line in @($Component.uninstallers)) {
        $file, $arguments = Split-RegildCommand ([Environment]::ExpandEnvironmentVariables($line))
        if (Test-Path -LiteralPath $file) { Write-RegildLog "$file ended with $(Invoke-RegildProgram $file $arguments)" }
    }
    Remove-RegildPrograms $Component
    Disable-RegildServices $Component
    Remove-RegildDrivers $Component
    Remove-RegildServices $Component
    foreach ($task in @(@($Component.tasks) | ForEach-Object { Get-RegildTasks $_ })) {
        Unregister-ScheduledTask -TaskName $task.TaskName -TaskPath $task.TaskPath -Confirm:$false
    }
    foreach ($user in @(@($Component.users) | ForEach-Object { Get-RegildLocalUsers $_ })) {
        if ($user.Name -ne $env:USERNAME) { Remove-LocalUser -Name $user.Name }
    }
    Remove-RegildRegistry $Component
    Remove-RegildPaths $Component
    Edit-RegildFiles $Component
    $left = @(Find-RegildComponent $Component)
    if ($left.Count -gt 0) {
        Write-RegildComponent $Component.id 'left' $left[0]
    } else {
        Write-RegildComponent $Component.id 'removed' ($before -join ';')
    }
}

Invoke-RegildMain {
    # EC2Launch and its predecessors set the machine up at a boot: they go when nothing else of AWS needs them.
    $components = @(Get-RegildComponents | Where-Object { $_.phase -eq $phase } | Sort-Object -Property @({ $_.id -like 'ec2*' }, 'id'))
    foreach ($component in $components) {
        if ($component.action -eq 'remove') { Remove-RegildComponent $component }
        else {
            foreach ($hit in @(Find-RegildComponent $component | Select-Object -First 1)) {
                Write-RegildComponent $component.id 'kept' $hit
            }
        }
    }
}
