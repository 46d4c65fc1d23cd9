# measure.ps1 <metric...>: how fast this machine is, by what every Windows has: its services, .NET's files and sockets.
# Prints `regild-measure<TAB>metric<TAB>value or -<TAB>how it was measured, or why not`. Metrics: boot (s), diskRead, diskWrite (MB/s),
# diskIops, diskLatency (ms), network (MB/s, of REGILD_URL), networkLatency (ms, to the host of REGILD_LATENCY_URL).
# It needs nothing beside itself: run on an EC2 instance of the AMI it gives the figures to compare with.
# With $RegildInline set the text defines functions only: validation sends it to a booted machine.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$script:Megabytes = 256
# FILE_FLAG_NO_BUFFERING, which .NET has no name for: past the cache, in whole blocks of the disk.
$script:NoBuffering = [IO.FileOptions] 0x20000000

function Write-RegildMeasured([string] $Metric, $Value, [string] $How) {
    $text = if ($null -eq $Value) { '-' } else { ([double] $Value).ToString('0.###', [Globalization.CultureInfo]::InvariantCulture) }
    Write-Output "regild-measure`t$Metric`t$text`t$($How -replace '[\x00-\x1f]', ' ')" | Out-Host
}

function Measure-RegildBoot {
    $started = (Get-CimInstance Win32_OperatingSystem).LastBootUpTime
    $service = Get-CimInstance Win32_Service -Filter "Name = 'TermService'"
    if ($null -eq $service -or $service.ProcessId -eq 0) { throw 'Remote Desktop does not run' }
    $up = (Get-Process -Id $service.ProcessId).StartTime
    Write-RegildMeasured 'boot' ($up - $started).TotalSeconds 'from the start of the system to the start of Remote Desktop'
}

# A file past the cache and a place in memory for so many bytes that begins at a page, as the disk wants it.
function Open-RegildFile([string] $Path, [IO.FileMode] $Mode, [int] $Bytes) {
    $memory = New-Object byte[] ($Bytes + 4096)
    $pinned = [Runtime.InteropServices.GCHandle]::Alloc($memory, [Runtime.InteropServices.GCHandleType]::Pinned)
    $over = [int] ($pinned.AddrOfPinnedObject().ToInt64() % 4096)
    $options = $script:NoBuffering -bor [IO.FileOptions]::WriteThrough
    $file = New-Object IO.FileStream($Path, $Mode, [IO.FileAccess]::ReadWrite, [IO.FileShare]::ReadWrite, 4096, $options)
    return @{ File = $file; Memory = $memory; Pinned = $pinned; Offset = (4096 - $over) % 4096; Bytes = $Bytes }
}

function Close-RegildFile($Open) {
    $Open.File.Dispose()
    $Open.Pinned.Free()
}

# Megabytes per second of the whole file, in blocks of one mebibyte.
function Measure-RegildStream([string] $Path, [bool] $Writes) {
    $mode = if ($Writes) { [IO.FileMode]::Create } else { [IO.FileMode]::Open }
    $open = Open-RegildFile $Path $mode 1048576
    try {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        for ($block = 0; $block -lt $script:Megabytes; $block++) {
            if ($Writes) { $open.File.Write($open.Memory, $open.Offset, $open.Bytes) }
            elseif ($open.File.Read($open.Memory, $open.Offset, $open.Bytes) -ne $open.Bytes) { throw 'the file ended early' }
        }
        return $script:Megabytes * 1.048576 / $watch.Elapsed.TotalSeconds
    }
    finally { Close-RegildFile $open }
}

# What one reader does: reads of 4 KiB at random places for so many seconds. A text: a runspace of its own knows no functions of this one.
$script:Reader = @'
param($Path, $Blocks, $Seconds, $Seed)
$memory = New-Object byte[] 8192
$pinned = [Runtime.InteropServices.GCHandle]::Alloc($memory, [Runtime.InteropServices.GCHandleType]::Pinned)
$offset = (4096 - [int] ($pinned.AddrOfPinnedObject().ToInt64() % 4096)) % 4096
$options = [IO.FileOptions] 0x20000000
$file = New-Object IO.FileStream($Path, [IO.FileMode]::Open, [IO.FileAccess]::Read, [IO.FileShare]::ReadWrite, 4096, $options)
$random = New-Object Random $Seed
$watch = [Diagnostics.Stopwatch]::StartNew()
$count = 0
while ($watch.Elapsed.TotalSeconds -lt $Seconds) {
    $file.Position = [long] $random.Next($Blocks) * 4096
    $null = $file.Read($memory, $offset, 4096)
    $count++
}
$file.Dispose()
$pinned.Free()
$count
'@

# Reads in so many seconds by so many readers at the same time.
function Measure-RegildReads([string] $Path, [int] $Readers, [int] $Seconds) {
    $pool = [RunspaceFactory]::CreateRunspacePool($Readers, $Readers)
    $pool.Open()
    try {
        $running = @(for ($reader = 0; $reader -lt $Readers; $reader++) {
            $shell = [PowerShell]::Create()
            $shell.RunspacePool = $pool
            $null = $shell.AddScript($script:Reader)
            foreach ($argument in $Path, ($script:Megabytes * 256), $Seconds, $reader) { $null = $shell.AddArgument($argument) }
            @{ Shell = $shell; Handle = $shell.BeginInvoke() }
        })
        $total = 0
        foreach ($each in $running) {
            foreach ($count in $each.Shell.EndInvoke($each.Handle)) { $total += [int] $count }
            $each.Shell.Dispose()
        }
        if ($total -eq 0) { throw 'nothing was read' }
        return $total
    }
    finally { $pool.Dispose() }
}

function Measure-RegildDisk([string] $Metric, [string] $Path, [double] $Written) {
    $random = ".NET past the cache: 4 KiB at random places of $script:Megabytes MiB, {0} at a time, 4 s"
    switch ($Metric) {
        'diskWrite' { Write-RegildMeasured $Metric $Written ".NET past the cache: $script:Megabytes MiB in blocks of 1 MiB" }
        'diskRead' {
            $rate = Measure-RegildStream $Path $false
            Write-RegildMeasured $Metric $rate ".NET past the cache: $script:Megabytes MiB in blocks of 1 MiB, just written"
        }
        'diskIops' { Write-RegildMeasured $Metric ((Measure-RegildReads $Path 32 4) / 4) ($random -f 32) }
        'diskLatency' { Write-RegildMeasured $Metric (4000 / (Measure-RegildReads $Path 1 4)) ($random -f 1) }
    }
}

# On the disk of the system; D: may be another one.
function Measure-RegildDisks([string[]] $Metrics) {
    if ($Metrics.Count -eq 0) { return }
    $path = Join-Path $env:SystemRoot "Temp\regild-measure-$PID.bin"
    try {
        $written = Measure-RegildStream $path $true
        foreach ($metric in $Metrics) {
            try { Measure-RegildDisk $metric $path $written }
            catch { Write-RegildMeasured $metric $null $_.Exception.Message }
        }
    }
    catch {
        foreach ($metric in $Metrics) { Write-RegildMeasured $metric $null $_.Exception.Message }
    }
    finally { [IO.File]::Delete($path) }
}

# What came in twenty seconds, whether it came to an end or not.
function Measure-RegildNetwork([string] $Url) {
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    $response = [Net.WebRequest]::Create($Url).GetResponse()
    try {
        $stream = $response.GetResponseStream()
        $memory = New-Object byte[] 1048576
        $total = 0L
        $watch = [Diagnostics.Stopwatch]::StartNew()
        do {
            $count = $stream.Read($memory, 0, $memory.Length)
            $total += $count
        } while ($count -gt 0 -and $watch.Elapsed.TotalSeconds -lt 20)
        $rate = $total / 1000000 / $watch.Elapsed.TotalSeconds
        Write-RegildMeasured 'network' $rate ".NET: $([int] ($total / 1000000)) MB in one stream, at most 20 s"
    }
    finally { $response.Close() }
}

function Measure-RegildLatency([string] $Url) {
    $uri = New-Object Uri $Url
    $address = [Net.Dns]::GetHostAddresses($uri.Host)[0]
    $times = @(for ($turn = 0; $turn -lt 5; $turn++) {
        $client = New-Object Net.Sockets.TcpClient $address.AddressFamily
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $client.Connect($address, $uri.Port)
        $watch.Elapsed.TotalMilliseconds
        $client.Close()
    })
    Write-RegildMeasured 'networkLatency' (@($times | Sort-Object)[2]) '.NET: median of five TCP connections'
}

function Measure-Regild([string[]] $Metrics, [string] $Url, [string] $LatencyUrl) {
    foreach ($metric in @($Metrics | Where-Object { $_ -notlike 'disk*' })) {
        try {
            switch ($metric) {
                'boot' { Measure-RegildBoot }
                'network' { Measure-RegildNetwork $Url }
                'networkLatency' { Measure-RegildLatency $LatencyUrl }
                default { throw 'nobody knows this metric' }
            }
        }
        catch { Write-RegildMeasured $metric $null $_.Exception.Message }
    }
    Measure-RegildDisks @($Metrics | Where-Object { $_ -like 'disk*' })
}

if (-not (Get-Variable -Name RegildInline -ErrorAction SilentlyContinue)) {
    $metrics = if ($args.Count -gt 0) { $args } else { 'boot', 'diskWrite', 'diskRead', 'diskIops', 'diskLatency' }
    Measure-Regild $metrics "$env:REGILD_URL" "$env:REGILD_LATENCY_URL"
}
