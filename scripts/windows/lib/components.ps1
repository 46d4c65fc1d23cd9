# The table of AWS components: what it says, and where on this system a component is found.
# The component table: handed over as text on a machine without the build's folder, else components.json.
function Get-RegildComponents {
    $table = Get-Variable -Name RegildTable -Scope Script -ErrorAction SilentlyContinue
    if ($null -ne $table) { return @(ConvertFrom-Json $table.Value | ForEach-Object { $_ }) }
    $file = Join-Path $script:RegildHome 'components.json'
    if (-not (Test-Path -LiteralPath $file)) { return @() }
    return @(ConvertFrom-Json ([IO.File]::ReadAllText($file)) | ForEach-Object { $_ })
}

function Get-RegildItems([string] $Pattern) {
    $path = [Environment]::ExpandEnvironmentVariables($Pattern)
    # A variable that this Windows does not have stays as it is written.
    if ($path -match '%') { return @() }
    return @(Get-Item -Path $path -Force -ErrorAction SilentlyContinue)
}

# Where a component is found, as texts.
function Find-RegildComponent($Component) {
    $found = @()
    foreach ($pattern in @($Component.programs)) {
        foreach ($hit in @(Get-RegildPrograms $pattern)) { $found += "program $($hit.DisplayName)" }
    }
    foreach ($name in @($Component.services)) { foreach ($hit in @(Get-RegildServices $name)) { $found += "service $hit" } }
    foreach ($pattern in @($Component.paths)) { foreach ($hit in @(Get-RegildItems $pattern)) { $found += "path $($hit.FullName)" } }
    foreach ($entry in @($Component.registry)) {
        foreach ($hit in @(Get-RegildRegistry $entry)) { $found += "registry $($hit.Path -replace '^Registry::', '') $($hit.Name)" }
    }
    foreach ($pattern in @($Component.tasks)) { foreach ($hit in @(Get-RegildTasks $pattern)) { $found += "task $($hit.TaskName)" } }
    foreach ($pattern in @($Component.drivers)) {
        foreach ($hit in @(Get-RegildDevices $pattern)) { $found += "device $($hit.FriendlyName)" }
    }
    foreach ($name in @($Component.users)) { foreach ($hit in @(Get-RegildLocalUsers $name)) { $found += "account $($hit.Name)" } }
    foreach ($rule in @($Component.contents)) {
        foreach ($file in @($rule.files)) {
            foreach ($hit in @(Get-RegildItems $file)) {
                if (Select-String -LiteralPath $hit.FullName -Pattern $rule.pattern -Quiet) { $found += "text in $($hit.FullName)" }
            }
        }
    }
    return @($found)
}

# What nobody keeps (what was to be removed, and what nothing on Azure works with), means `block` or `warn` where it stays, and is there,
# as `id (where)`.
# What the clouds put in at a boot (registrations, answer files) belongs to the phase generalize and is looked at before it.
function Get-RegildLeftovers([string] $Leftover) {
    $all = @(Get-RegildComponents | Where-Object { $_.leftover -eq $Leftover })
    $unwanted = @($all | Where-Object { $_.action -eq 'remove' -or ($_.action -eq 'report' -and $_.policy -eq 'unsupported') })
    $due = @($unwanted | Where-Object { $script:RegildStage -ne 'test-vm' -or $_.phase -ne 'generalize' })
    return @($due | ForEach-Object {
            $hits = @(Find-RegildComponent $_)
            if ($hits.Count -gt 0) { "$($_.id) ($($hits[0]))" }
        })
}

# Says what became of a component: in the build log, and in the folder for the record.
function Write-RegildComponent([string] $Id, [string] $Outcome, [string] $Detail) {
    $row = "$Id`t$Outcome`t$($Detail -replace '[\x00-\x1f]', ' ')"
    Write-Output "regild-component`t$row" | Out-Host
    [IO.File]::AppendAllText((Join-Path $script:RegildHome 'report.tsv'), "$row`r`n")
}
