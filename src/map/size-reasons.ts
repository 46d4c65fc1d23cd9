import type { InstanceClass, VmSeries } from '../catalog/schema.ts';
import { parseVmSizeName, type Reason } from '../model/index.ts';
import type { VmSize } from './choose-size.ts';
import type { InstanceShape } from './instance-shape.ts';

/** Why a size would do for an instance, and why it would not. The points add up to its score. */
export function reasonsForSize(size: VmSize, series: VmSeries, shape: InstanceShape, of: InstanceClass): readonly Reason[] {
  return [
    reason('ARCHITECTURE', `${series.architecture}, as the instance`, 20),
    vcpuReason(size, shape),
    memoryReason(size, shape),
    ...acceleratorReason(size, series, shape),
    ...cpuReason(series, shape),
    ...localDiskReason(series, shape),
    ...purposeReasons(series, shape, of),
    ...imageReasons(series),
    reason('VERSION', `version ${versionOf(size)} of its series`, 2 * versionOf(size)),
    ...(series.retires ? [reason('RETIRES', `Azure retires the series on ${series.retires}`, -15)] : []),
  ];
}

function vcpuReason({ vcpus }: VmSize, shape: InstanceShape): Reason {
  if (vcpus === shape.vcpus) return reason('SAME_VCPUS', `the same ${countOf(vcpus, 'vCPU')}`, 20);
  const text = `${countOf(vcpus, 'vCPU')} instead of ${shape.vcpus}`;
  return reason(vcpus > shape.vcpus ? 'MORE_VCPUS' : 'FEWER_VCPUS', text, falling(20, 10, vcpus / shape.vcpus, shape));
}

/** A tenth more or a twentieth less counts as the same. */
function memoryReason({ memoryGiB }: VmSize, shape: InstanceShape): Reason {
  const ratio = memoryGiB / shape.memoryGiB;
  const text = `${memoryGiB} GiB of memory, the instance has ${shape.memoryGiB}`;
  if (ratio >= 0.95 && ratio <= 1.1) return reason('SAME_MEMORY', text, 15);
  return reason(ratio > 1 ? 'MORE_MEMORY' : 'LESS_MEMORY', text, falling(15, 8, ratio, shape));
}

/** So many points less for every doubling or halving. Beside an accelerator they weigh little: vCPUs and memory come with it. */
function falling(full: number, step: number, ratio: number, { accelerator }: InstanceShape): number {
  return Math.max(accelerator ? -4 : -full, Math.round(full - step * Math.abs(Math.log2(ratio)) - step / 2));
}

function acceleratorReason({ accelerators = 0 }: VmSize, { accelerator }: VmSeries, shape: InstanceShape): readonly Reason[] {
  if (!shape.accelerator) return [];
  const { model, nearest, count } = shape.accelerator;
  const had = `${count} × ${model}`;
  if (accelerator === model && accelerators === count) return [reason('SAME_ACCELERATOR', `the same ${had}`, 30)];
  const text = `${accelerators} × ${accelerator} instead of ${had}`;
  if (accelerator === model) return [reason('MORE_ACCELERATORS', text, 20)];
  return accelerator !== undefined && nearest.includes(accelerator)
    ? [reason('NEAREST_ACCELERATOR', `${text}: the nearest that Azure has`, 15)]
    : [reason('OTHER_ACCELERATOR', text, -25)];
}

function cpuReason({ cpu }: VmSeries, shape: InstanceShape): readonly Reason[] {
  if (shape.accelerator || cpu === 'arm') return [];
  if (cpu === shape.cpu) return [reason('SAME_CPU', `${VENDORS[cpu]}, as the instance`, 6)];
  return [reason('OTHER_CPU', `${VENDORS[cpu]} instead of ${VENDORS[shape.cpu]}: the same instruction set, another maker`, -2)];
}

/** `1 vCPU`, `2 vCPUs`. */
export function countOf(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const VENDORS = { intel: 'Intel', amd: 'AMD', arm: 'Arm' } as const;

function localDiskReason({ localDisk }: VmSeries, shape: InstanceShape): readonly Reason[] {
  if (shape.localDisk && localDisk) return [reason('LOCAL_DISK', 'has a local disk for the instance store; its size differs', 10)];
  if (shape.localDisk) return [reason('NO_LOCAL_DISK', 'has no local disk, the instance has an instance store', -20)];
  return localDisk ? [reason('UNUSED_LOCAL_DISK', 'has a local disk that the instance lacks', -2)] : [];
}

/** What the letters of the family promise beyond vCPUs and memory. */
function purposeReasons(series: VmSeries, { letters }: InstanceShape, of: InstanceClass): readonly Reason[] {
  return [
    ...(of.purpose === 'burstable' && series.purpose === 'burstable'
      ? [reason('BURST', 'earns CPU credits, as the instance does', 15)]
      : []),
    ...(letters.includes('b') || series.fastStorage ? [storageReason(series, letters.includes('b'))] : []),
    ...(letters.includes('z') || of.id === 'z' ? [frequencyReason(series)] : []),
    ...(letters.includes('n') ? [reason('NETWORK', 'network optimised in EC2: compare the bandwidth of the size', -1)] : []),
  ];
}

function storageReason({ fastStorage }: VmSeries, wanted: boolean): Reason {
  if (fastStorage && wanted) return reason('FAST_STORAGE', 'made for high throughput to remote disks, as the instance', 12);
  if (fastStorage) return reason('UNUSED_FAST_STORAGE', 'pays for storage throughput that the instance is not made for', -4);
  return reason('STORAGE', 'storage optimised in EC2: compare the disk throughput of the size', -1);
}

function frequencyReason({ highFrequency }: VmSeries): Reason {
  return highFrequency
    ? reason('HIGH_FREQUENCY', 'made for a high clock frequency, as the instance', 12)
    : reason('FREQUENCY', 'high frequency in EC2: this series is not made for it', -6);
}

/** What the size asks of the image. */
function imageReasons({ generations, controllers, trustedLaunch }: VmSeries): readonly Reason[] {
  const generationTwo = !generations.includes('V1');
  const nvmeOnly = controllers?.length === 1 && controllers[0] === 'NVMe';
  return [
    ...(nvmeOnly ? [reason('NVME_IMAGE', 'has NVMe disks only: the image must be generation V2 and tagged for NVMe', -1)] : []),
    ...(generationTwo && !nvmeOnly ? [reason('GEN2_IMAGE', 'boots generation V2 images only', -1)] : []),
    ...(generations.includes('V2') ? [] : [reason('GEN1_IMAGE', 'boots generation V1 images only', -5)]),
    ...(controllers ? [] : [reason('CONTROLLER_UNKNOWN', 'ask the sizes API of the location for its disk controllers', -1)]),
    ...(trustedLaunch === false ? [reason('NO_TRUSTED_LAUNCH', 'has no Trusted Launch', -2)] : []),
  ];
}

function versionOf({ name }: VmSize): number {
  return parseVmSizeName(name)?.version ?? 1;
}

function reason(code: string, text: string, points: number): Reason {
  return { code, text, points };
}
