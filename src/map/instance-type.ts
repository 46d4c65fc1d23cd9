/** The parts of the name of an EC2 instance type. */
export interface InstanceTypeName {
  readonly type: string;
  /** What stands before the dot, for example `m6gd`. */
  readonly family: string;
  /** Letters before the generation, for example `m` or `hpc`. */
  readonly class: string;
  /** Letters after the generation: `a` AMD, `g` Graviton, `i` Intel, `d` local disk, `n` network, `b` block storage, `e` extra, `z` high frequency. */
  readonly letters: string;
  readonly size: string;
  /** True for a whole machine without AWS's hypervisor. */
  readonly metal: boolean;
}

const FAMILY = /^([a-z]+)(?:-\d+tb\d+|\d*([a-z]*)(?:-[a-z0-9]+)?)$/;
const SIZE = /^(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/;

/**
 * Reads the name of an instance type; undefined when it is none.
 * Source: docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html.
 */
export function parseInstanceType(type: string): InstanceTypeName | undefined {
  const [family = '', size = '', ...rest] = type.split('.');
  const match = FAMILY.exec(family);
  if (!match || !SIZE.test(size) || rest.length > 0) return undefined;
  const [, name = '', letters = ''] = match;
  return { type, family, class: name, letters, size, metal: size.startsWith('metal') };
}

/** vCPUs that a size word stands for (`large` 2, `xlarge` 4, `<n>xlarge` and `metal-<n>xl` 4n); undefined for a word that says nothing by itself. */
export function vcpusOfSize(size: string): number | undefined {
  if (size === 'medium') return 1;
  if (size === 'large') return 2;
  const [, times] = /^(?:metal-)?(\d*)x(?:large|l)$/.exec(size) ?? [];
  return times === undefined ? undefined : 4 * Number(times || 1);
}
