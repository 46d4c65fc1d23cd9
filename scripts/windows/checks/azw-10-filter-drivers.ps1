function check_azw_10_filter_drivers {
    foreach ($class in @(Get-ChildItem "$script:Control\Class" -ErrorAction SilentlyContinue)) {
        foreach ($kind in 'UpperFilters', 'LowerFilters') {
            foreach ($filter in @($class.GetValue($kind) | Where-Object { $_ })) {
                if (-not (Test-Path "$script:Services\$filter")) { Fail "$kind of $($class.PSChildName) names $filter" }
            }
        }
    }
    foreach ($service in @(Get-ChildItem $script:Services -ErrorAction SilentlyContinue)) {
        if ($service.GetValue('Start') -ne 0 -or -not $service.GetValue('ImagePath')) { continue }
        $file = "$($service.GetValue('ImagePath'))" -replace '^\\SystemRoot\\', "$env:SystemRoot\"
        $file = $file -replace '^System32\\', "$env:SystemRoot\System32\" -replace '^\\\?\?\\', ''
        if (-not (Test-Path -LiteralPath $file)) { Fail "the boot driver $($service.PSChildName) has no file" }
    }
}
