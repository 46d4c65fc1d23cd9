import type { Analysis, Candidate, ImageSpec, Issue } from '../model/index.ts';

/** GiB that a disk of generation V1 boots from, and that a fully replicated gallery version holds. */
const TWO_TEBIBYTES = 2048;

export interface OsDisk {
  readonly sizeGB: number;
  readonly issues: readonly Issue[];
}

/** At least the base's own disk, the AMI's root volume, and what the user asks for; Azure can only enlarge an OS disk. Sizes in GiB. */
export function planOsDisk(spec: ImageSpec, ami: Analysis['ami'], base: Candidate): OsDisk {
  const root = ami.disks.find((disk) => disk.root)?.sizeGiB ?? 0;
  const floor = Math.max(base.osDiskSizeGB ?? 30, 1);
  const wanted = spec.build.osDiskSizeGB;
  const sizeGB = Math.max(floor, wanted ?? root);
  const issues = [...(wanted !== undefined && wanted < floor ? [tooSmall(wanted, floor)] : []), ...tooLarge(sizeGB, wanted, base)];
  return { sizeGB, issues: issues.map((issue) => ({ ...issue, image: spec.name, place: spec.place })) };
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
