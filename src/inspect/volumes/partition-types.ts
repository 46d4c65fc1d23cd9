/** What a partition is for, as its table says. */
export type PartitionUse =
  | 'esp'
  | 'bios-boot'
  | 'linux'
  | 'linux-root'
  | 'linux-boot'
  | 'linux-home'
  | 'swap'
  | 'lvm'
  | 'raid'
  | 'luks'
  | 'windows'
  | 'windows-reserved'
  | 'windows-recovery'
  | 'windows-dynamic'
  | 'windows-storage-spaces'
  | 'fat'
  | 'extended'
  | 'other';

/** Types of GPT (UEFI specification 5.3.3; the UAPI group's discoverable partitions; Microsoft's PARTITION_INFORMATION_GPT). */
export const GPT_TYPES: Readonly<Record<string, PartitionUse>> = {
  'C12A7328-F81F-11D2-BA4B-00A0C93EC93B': 'esp',
  '21686148-6449-6E6F-744E-656564454649': 'bios-boot',
  '0FC63DAF-8483-4772-8E79-3D69D8477DE4': 'linux',
  '4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709': 'linux-root',
  'B921B045-1DF0-41C3-AF44-4C6F280D3FAE': 'linux-root',
  'BC13C2FF-59E6-4262-A352-B275FD6F7172': 'linux-boot',
  '933AC7E1-2EB4-4F13-B844-0E14E2AEF915': 'linux-home',
  '0657FD6D-A4AB-43C4-84E5-0933C84B4F4F': 'swap',
  'E6D6D379-F507-44C2-A23C-238F2A3DF928': 'lvm',
  'A19D880F-05FC-4D3B-A006-743F0F84911E': 'raid',
  'CA7D7CCB-63ED-4C53-861C-1742536059CC': 'luks',
  'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7': 'windows',
  'E3C9E316-0B5C-4DB8-817D-F92DF00215AE': 'windows-reserved',
  'DE94BBA4-06D1-4D40-A16A-BFD50179D6AC': 'windows-recovery',
  '5808C8AA-7E8F-42E0-85D2-E1E90434CFB3': 'windows-dynamic',
  'AF9B60A0-1431-4F62-BC68-3311714A69AD': 'windows-dynamic',
  'E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D': 'windows-storage-spaces',
};

/** Types of MBR (kernel: include/linux/genhd; Andries Brouwer's list of partition identifiers). */
export const MBR_TYPES: Readonly<Record<number, PartitionUse>> = {
  1: 'fat',
  4: 'fat',
  5: 'extended',
  6: 'fat',
  7: 'windows',
  11: 'fat',
  12: 'fat',
  14: 'fat',
  15: 'extended',
  39: 'windows-recovery',
  66: 'windows-dynamic',
  130: 'swap',
  131: 'linux',
  133: 'extended',
  142: 'lvm',
  239: 'esp',
  253: 'raid',
};
