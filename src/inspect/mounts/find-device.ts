import type { OpenVolume } from '../volumes/open-volume.ts';

/** The volume that a device of fstab names, or why it is none of this disk. */
export type FoundDevice = { readonly kind: 'volume'; readonly volume: OpenVolume } | { readonly kind: 'missing'; readonly reason: string };

const TAGS = /^(UUID|LABEL|PARTUUID|PARTLABEL)=(.+)$/;
const BY_TAG = /^\/dev\/disk\/by-(uuid|label|partuuid|partlabel)\/(.+)$/;
/** Names that Linux gives to the first disk of a machine, and a partition of it. */
const FIRST_DISK = /^\/dev\/(?:(?:sd|xvd|vd|hd)a(\d*)|(?:nvme0n1|mmcblk0)(?:p(\d+))?)$/;
const OTHER_DISK = /^\/dev\/(?:sd|xvd|vd|hd|nvme|mmcblk)/;

/** Finds what fstab means by a device among the volumes of one disk, which is taken for the first of its machine. */
export function findDevice(device: string, volumes: readonly OpenVolume[]): FoundDevice {
  const tag = TAGS.exec(device) ?? BY_TAG.exec(device);
  if (tag) return found(byTag(tag[1]?.toUpperCase() ?? '', decodeUdev(tag[2] ?? ''), volumes), device);
  const first = FIRST_DISK.exec(device);
  if (first) {
    const number = first[1] || first[2];
    const wanted = number === undefined ? undefined : Number(number);
    return found(
      volumes.find(({ partition, logicalVolume }) => logicalVolume === undefined && partition?.number === wanted),
      device,
    );
  }
  const logical = logicalName(device);
  if (logical !== undefined) {
    return found(
      volumes.find(({ logicalVolume }) => logicalVolume === logical),
      device,
    );
  }
  if (OTHER_DISK.test(device)) return { kind: 'missing', reason: `${device} is another disk` };
  return { kind: 'missing', reason: `${device} is a device of a kind that is not known` };
}

function found(volume: OpenVolume | undefined, device: string): FoundDevice {
  return volume ? { kind: 'volume', volume } : { kind: 'missing', reason: `there is no ${device} on this disk` };
}

function byTag(tag: string, value: string, volumes: readonly OpenVolume[]): OpenVolume | undefined {
  const wanted = value.toLowerCase();
  return volumes.find(({ partition, fileSystem }) => {
    switch (tag) {
      case 'UUID':
        return fileSystem?.uuid.toLowerCase() === wanted;
      case 'LABEL':
        return fileSystem?.label === value;
      case 'PARTUUID':
        return partition?.partUuid.toLowerCase() === wanted;
      default:
        return partition?.name === value;
    }
  });
}

/** udev writes a byte of a label that may not stand in a file's name as `\x2f`. */
function decodeUdev(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** What a path means as `group/volume`. The device mapper doubles the dashes of both names and joins them with one. */
function logicalName(device: string): string | undefined {
  const mapped = /^\/dev\/mapper\/([^/]+)$/.exec(device)?.[1]?.replaceAll('--', '/');
  if (mapped !== undefined) {
    const [group, volume, ...rest] = mapped.split('-').map((name) => name.replaceAll('/', '-'));
    return group === undefined || volume === undefined || rest.length > 0 ? undefined : `${group}/${volume}`;
  }
  const [, group, volume] = /^\/dev\/(?!disk\/)([^/]+)\/([^/]+)$/.exec(device) ?? [];
  return group === undefined ? undefined : `${group}/${volume}`;
}
