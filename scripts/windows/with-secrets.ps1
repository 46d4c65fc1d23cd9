# with-secrets.ps1 <identity> <list> <script>: runs a script that finds secrets of Azure Key Vault in its environment.
# <identity> is the resource id of the managed identity that may read them (empty = the machine has only one); a line of <list> is
# `NAME<TAB>URL`. Token and values stay in the memory of this process and of the script's: never in an argument list, an output or a file.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ($args.Count -ne 3) { throw 'the identity, the list of secrets and the script are needed' }
$identity, $list, $step = $args
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

# The JSON answer of a URL to a request with one header; five more tries where the service is busy or not there yet.
function Get-RegildAnswer([string] $Url, [string] $Name, [string] $Value, [bool] $Direct) {
    for ($left = 5; ; $left--) {
        $client = New-Object Net.WebClient
        try {
            $client.Encoding = [Text.Encoding]::UTF8
            if ($Direct) { $client.Proxy = $null }
            $client.Headers.Add($Name, $Value)
            return ConvertFrom-Json $client.DownloadString($Url)
        }
        catch [Net.WebException] {
            $response = $_.Exception.Response
            $final = $null -ne $response -and @(408, 429, 500, 502, 503, 504) -notcontains [int] $response.StatusCode
            if ($left -eq 0 -or $final) { throw }
            Start-Sleep -Seconds 2
        }
        finally { $client.Dispose() }
    }
}

# A token for the vaults of one cloud, such as https://vault.azure.net. The metadata service is no further than the host: no proxy stands
# between.
function Get-RegildToken([string] $Resource) {
    $url = "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=$Resource"
    if ($identity) { $url += "&msi_res_id=$identity" }
    return (Get-RegildAnswer $url 'Metadata' 'true' $true).access_token
}

$tokens = @{}
foreach ($line in [IO.File]::ReadAllLines($list)) {
    $name, $url = $line -split "`t"
    try {
        $resource = 'https://' + ((New-Object Uri $url).Host -replace '^[^.]+\.', '')
        if (-not $tokens.ContainsKey($resource)) { $tokens[$resource] = Get-RegildToken $resource }
        $answer = Get-RegildAnswer "${url}?api-version=7.4" 'Authorization' "Bearer $($tokens[$resource])" $false
        [Environment]::SetEnvironmentVariable($name, $answer.value, 'Process')
    }
    catch {
        Write-Output "regild: error: the secret $url could not be read: $($_.Exception.Message)"
        exit 1
    }
}
$powershell = Join-Path $env:SystemRoot 'System32\WindowsPowerShell\v1.0\powershell.exe'
& $powershell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File $step
exit $LASTEXITCODE
