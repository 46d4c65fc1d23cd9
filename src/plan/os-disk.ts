import { type Analysis, type Candidate, type ImageSpec, type Issue, usedBytes } from '../model/index.ts';

/** GiB that a disk of generation V1 boots from, and that a fully replicated gallery version holds. */
const TWO_TEBIBYTES = 2048;

const GIB = 2 ** 30;
/** The disk has so many times what is used. */
const ROOM = 2;

export interface OsDisk {
  readonly sizeGB: number;
  readonly issues: readonly Issue[];
}

/**
 * At least the base's own disk, and what the user asks for; else what the AMI's root volume needs: as much room again as is used, where the disk was
 * read, and the volume's own size where not. Azure can only enlarge an OS disk, so room that nobody uses would be paid for on every VM. Sizes in GiB.
 */
export function planOsDisk(spec: ImageSpec, { ami, inventory }: Pick<Analysis, 'ami' | 'inventory'>, base: Candidate): OsDisk {
  const root = ami.disks.find((disk) => disk.root)?.sizeGiB;
  const used = inventory === undefined ? undefined : usedBytes(inventory.boot);
  const needed = used === undefined ? (root ?? 0) : Math.min(root ?? Infinity, Math.ceil((ROOM * used) / GIB));
  const floor = Math.max(base.osDiskSizeGB ?? 30, 1);
  const wanted = spec.build.osDiskSizeGB;
  const sizeGB = Math.max(floor, wanted ?? needed);
  const issues = [
    ...(wanted !== undefined && wanted < floor ? [tooSmall(wanted, floor)] : []),
    ...(wanted === undefined && used !== undefined && root !== undefined && sizeGB < root ? [smaller(sizeGB, used, root)] : []),
    ...tooLarge(sizeGB, wanted, base),
  ];
  return { sizeGB, issues: issues.map((issue) => ({ ...issue, image: spec.name, place: spec.place })) };
}

function smaller(sizeGB: number, used: number, root: number): Issue {
  return {
    severity: 'info',
    code: 'OS_DISK_BY_USE',
    message: `the OS disk gets ${sizeGB} GB: of the AMI's root volume of ${root} GB, ${(used / GIB).toFixed(1)} GB are used`,
    hint: `\`build.osDiskSizeGB: ${root}\` keeps the size`,
  };
}

function tooSmall(wanted: number, floor: number): Issue {
  return {
    severity: 'error',
    code: 'OS_DISK_TOO_SMALL',
    message: `build.osDiskSizeGB ${wanted} is smaller than the base's own disk of ${floor} GB`,
    hint: `set it to ${floor} or more, or leave it out`,
  };
}

function tooLarge(sizeGB: number, wanted: number | undefined, { generation }: Candidate): readonly Issue[] {
  if (sizeGB <= TWO_TEBIBYTES) return [];
  const from = wanted === undefined ? "the AMI's root volume asks for" : 'build.osDiskSizeGB asks for';
  const hint = `set \`build.osDiskSizeGB\` to ${TWO_TEBIBYTES} or less, and move data to a data disk`;
  return generation === 'V1'
    ? [
        {
          severity: 'error',
          code: 'OS_DISK_NEEDS_GEN2',
          message: `${from} ${sizeGB} GB, and generation V1 boots from ${TWO_TEBIBYTES} GB at most`,
          hint,
          source: 'https://learn.microsoft.com/azure/virtual-machines/generation-2',
        },
      ]
    : [
        {
          severity: 'error',
          code: 'OS_DISK_TOO_LARGE',
          message: `${from} ${sizeGB} GB, and a replicated gallery version holds ${TWO_TEBIBYTES} GB at most`,
          hint,
          source: 'https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries',
        },
      ];
}
