import { METRICS, type Measurement, type TestedVm } from '../model/index.ts';

/** One figure of a test VM in words. Nothing in it is encoded. */
export interface MeasuredRow {
  readonly title: string;
  /** `not measured` where it is none. */
  readonly value: string;
  /** The AMI's own figure and how the VM's differs from it, or nothing. */
  readonly ami: string;
  readonly limit: string;
  readonly how: string;
  readonly kept: boolean | undefined;
}

/** What was measured on a VM, beside what the AMI is said to do. */
export function measuredRows({ measured = [] }: Pick<TestedVm, 'measured'>): readonly MeasuredRow[] {
  return measured.map(rowOf);
}

function rowOf({ metric, value, how, ami, limit, kept }: Measurement): MeasuredRow {
  const { title, unit, better } = METRICS[metric];
  return {
    title,
    value: value === undefined ? 'not measured' : `${value} ${unit}`,
    ami: ami === undefined ? '' : `${ami} ${unit}${difference(value, ami)}`,
    limit: limit === undefined ? '' : `${limit} ${unit} at ${better === 'lower' ? 'most' : 'least'}`,
    how,
    kept,
  };
}

/** How much more or less than the AMI's: ` (+6 %)`. */
function difference(value: number | undefined, ami: number): string {
  if (value === undefined) return '';
  const percent = Math.round((value / ami - 1) * 100);
  return ` (${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${Math.abs(percent)} %)`;
}

/** One figure on a line, and in the end how it came about: by a tool, not at all, or simulated. */
export function measuredLine({ title, value, ami, limit, how, kept }: MeasuredRow): string {
  const beside = [ami && `the AMI ${ami}`, limit && `limit ${limit}`].filter((part) => part !== '');
  return `${kept === false ? '✗ ' : ''}${title}: ${[value, ...beside].join('; ')} (${how})`;
}
