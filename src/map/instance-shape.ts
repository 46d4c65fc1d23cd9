import type { Catalog, InstanceClass, InstanceFamily, VmSeries } from '../catalog/schema.ts';
import type { Architecture } from '../model/index.ts';
import { type InstanceTypeName, parseInstanceType, vcpusOfSize } from './instance-type.ts';

/** What an EC2 instance type is made of. */
export interface InstanceShape {
  readonly type: string;
  readonly vcpus: number;
  readonly memoryGiB: number;
  readonly architecture: Architecture;
  readonly cpu: VmSeries['cpu'];
  readonly localDisk: boolean;
  readonly metal: boolean;
  readonly accelerator: { readonly model: string; readonly nearest: readonly string[]; readonly count: number } | undefined;
  /** Letters of the family's name after the generation. */
  readonly letters: string;
  /** `grammar`: the family is not in the catalog and was read from its name alone. */
  readonly known: 'catalog' | 'grammar';
}

export type ShapeReading =
  | { readonly kind: 'shape'; readonly shape: InstanceShape; readonly of: InstanceClass }
  /** A type of a class that nothing on Azure stands in for: its figures do not matter. */
  | { readonly kind: 'no-equivalent'; readonly of: InstanceClass }
  | { readonly kind: 'unknown'; readonly reason: string; readonly settle: string };

/** Reads an instance type with what the catalog knows of its class, family and size; says what would settle it when that is not enough. */
export function readShape(type: string, { instances }: Pick<Catalog, 'instances'>): ShapeReading {
  const name = parseInstanceType(type);
  if (!name) return { kind: 'unknown', reason: `'${type}' is not the name of an EC2 instance type`, settle: 'names look like m5.xlarge' };
  const of = instances.find(({ id }) => id === name.class);
  const family = of?.families.find((member) => member.name === name.family);
  if (!of) return unknown(type, `no EC2 family like ${name.family} in the catalog`);
  if (of.equivalence === 'none') return { kind: 'no-equivalent', of };
  if (family && !family.sizes.includes(name.size)) {
    return unknown(type, `${name.family} has no size ${name.size}; it has ${family.sizes.join(', ')}`);
  }
  if (!family && of.families.some(({ accelerator }) => accelerator)) {
    return unknown(type, `${name.family} is not in the catalog, and its name does not say which accelerator it has`);
  }
  return toShape(name, of, family);
}

function toShape(name: InstanceTypeName, of: InstanceClass, family: InstanceFamily | undefined): ShapeReading {
  const figures = figuresOf(name, of, family);
  if (!figures) return unknown(name.type, `the size ${name.size} does not say how many vCPUs ${name.type} has`);
  const architecture = family?.architecture ?? (name.letters.includes('g') ? 'arm64' : 'x64');
  const shape: InstanceShape = {
    type: name.type,
    ...figures,
    architecture,
    cpu: architecture === 'arm64' ? 'arm' : name.letters.includes('a') ? 'amd' : 'intel',
    localDisk: family?.localDisk ?? name.letters.includes('d'),
    metal: name.metal,
    accelerator: family?.accelerator && { ...family.accelerator, count: family.accelerator.count[name.size] ?? 1 },
    letters: name.letters,
    known: family ? 'catalog' : 'grammar',
  };
  return { kind: 'shape', shape, of };
}

function figuresOf({ type, size }: InstanceTypeName, of: InstanceClass, family: InstanceFamily | undefined) {
  const exact = of.exact.find((one) => one.type === type) ?? of.words.find((word) => word.size === size);
  if (exact) return { vcpus: exact.vcpus, memoryGiB: exact.memoryGiB };
  const vcpus = vcpusOfSize(size);
  const memoryPerVcpu = family?.memoryPerVcpu ?? of.memoryPerVcpu;
  return vcpus === undefined ? undefined : { vcpus, memoryGiB: Math.round(vcpus * memoryPerVcpu * 100) / 100 };
}

function unknown(type: string, reason: string): ShapeReading {
  return {
    kind: 'unknown',
    reason,
    settle: `\`aws ec2 describe-instance-types --instance-types ${type}\` names vCPUs, memory and architecture`,
  };
}
