# grow.ps1: gives the room of a disk that is larger than the base's to the system drive. Windows leaves it unallocated, on the image and on
# every machine made from it. A partition that stands behind the drive keeps it as it is, which is told. Safe to run twice: there is no room
# the second time.
. (Join-Path $PSScriptRoot 'lib.ps1')

Invoke-RegildMain {
    $letter = $env:SystemDrive.Substring(0, 1)
    $partition = Get-Partition -DriveLetter $letter
    $most = (Get-PartitionSupportedSize -DriveLetter $letter).SizeMax
    $free = (Get-Disk -Number $partition.DiskNumber).LargestFreeExtent
    $gigabyte = 1073741824
    # Less is what alignment leaves.
    if ($most - $partition.Size -ge $gigabyte) {
        Resize-Partition -DriveLetter $letter -Size $most
        Write-RegildLog "drive ${letter}: grew to $([math]::Floor($most / $gigabyte)) GB"
    }
    elseif ($free -ge $gigabyte) {
        $unused = [math]::Floor($free / $gigabyte)
        Write-RegildLog "drive ${letter}: stays as it is: $unused GB of its disk are free, but not behind it"
    }
}
