import type { Catalog, InstanceClass, VmSeries } from '../catalog/schema.ts';
import type { Confidence, Reason } from '../model/index.ts';
import { chooseSize } from './choose-size.ts';
import { type InstanceShape, readShape } from './instance-shape.ts';
import { countOf, reasonsForSize } from './size-reasons.ts';

/** One Azure size that an instance could become. */
export interface SizeCandidate {
  readonly name: string;
  readonly series: string;
  readonly purpose: VmSeries['purpose'];
  readonly vcpus: number;
  readonly memoryGiB: number;
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly notes: readonly string[];
}

/** What an EC2 instance type becomes on Azure; `candidates` best first. */
export type InstanceMapping =
  | {
      readonly kind: 'sizes' | 'dedicated-host';
      readonly type: string;
      readonly shape: InstanceShape;
      readonly candidates: readonly SizeCandidate[];
      readonly confidence: Confidence;
      readonly reasons: readonly string[];
    }
  | { readonly kind: 'none'; readonly type: string; readonly reasons: readonly string[] }
  | { readonly kind: 'unknown'; readonly type: string; readonly reasons: readonly string[]; readonly settle: string };

/** As many candidates as a person compares. */
const KEPT = 5;

/** Source: migrate-ec2-to-azure-vms, key differences: hypervisor access. */
const METAL =
  'bare metal: an Azure Dedicated Host gives the isolation, not the access to the hypervisor; a size of the same shape fills it';

/** Maps an EC2 instance type by its name, for example `m6g.2xlarge`. */
export function mapInstance(type: string, catalog: Pick<Catalog, 'instances' | 'series'>): InstanceMapping {
  const reading = readShape(type, catalog);
  switch (reading.kind) {
    case 'unknown':
      return { kind: 'unknown', type, reasons: [reading.reason], settle: reading.settle };
    case 'no-equivalent':
      return { kind: 'none', type, reasons: reading.of.notes };
    case 'shape':
      return fromShape(reading.shape, reading.of, catalog.series);
  }
}

function fromShape(shape: InstanceShape, of: InstanceClass, all: readonly VmSeries[]): InstanceMapping {
  const { type } = shape;
  const series = of.series.flatMap((id) => all.find((one) => one.id === id) ?? []);
  const candidates = series.flatMap((one) => toCandidate(one, shape, of)).toSorted((a, b) => b.score - a.score);
  const [best] = candidates;
  if (!best) return { kind: 'none', type, reasons: [noSize(shape, series), ...of.notes] };
  return {
    kind: shape.metal ? 'dedicated-host' : 'sizes',
    type,
    shape,
    candidates: candidates.slice(0, KEPT),
    confidence: confidenceIn(best, shape, of),
    reasons: [
      `${of.title}: ${describe(shape)}`,
      ...(shape.known === 'grammar' ? ['the family is not in the catalog: read from its name alone'] : []),
      ...(shape.metal ? [METAL] : []),
      ...of.notes,
    ],
  };
}

function toCandidate(series: VmSeries, shape: InstanceShape, of: InstanceClass): readonly SizeCandidate[] {
  const size = chooseSize(series, shape, of);
  if (!size) return [];
  const reasons = reasonsForSize(size, series, shape, of);
  const score = reasons.reduce((sum, { points }) => sum + points, 0);
  const { title, purpose, notes } = series;
  return [{ name: size.name, series: title, purpose, vcpus: size.vcpus, memoryGiB: size.memoryGiB, score, reasons, notes }];
}

/** From so many points against it on, a size is no longer the same machine. */
const SERIOUS = -5;

/** High only for a catalogued type whose vCPUs, memory and accelerator the best size has, in a series of the same purpose, with nothing serious against it. */
function confidenceIn(best: SizeCandidate, shape: InstanceShape, { equivalence, purpose }: InstanceClass): Confidence {
  if (shape.known === 'grammar' || equivalence === 'substitute') return 'low';
  const codes = new Set(best.reasons.map(({ code }) => code));
  const same = codes.has('SAME_VCPUS') && codes.has('SAME_MEMORY') && (!shape.accelerator || codes.has('SAME_ACCELERATOR'));
  const special = purpose === 'storage' && best.purpose !== purpose;
  const serious = best.reasons.some(({ points }) => points <= SERIOUS);
  return same && !special && !serious && equivalence === 'equivalent' && !shape.metal ? 'high' : 'medium';
}

function noSize(shape: InstanceShape, series: readonly VmSeries[]): string {
  const sizes = series.filter(({ architecture }) => architecture === shape.architecture).flatMap((one) => one.sizes);
  const largest = sizes.toSorted((a, b) => b.memoryGiB - a.memoryGiB || b.vcpus - a.vcpus)[0];
  const most = largest ? `; the largest is ${largest.name} with ${countOf(largest.vcpus, 'vCPU')} and ${largest.memoryGiB} GiB` : '';
  return `no Azure size that the catalog has for it holds ${describe(shape)}${most}`;
}

function describe({ vcpus, memoryGiB, architecture, accelerator, localDisk }: InstanceShape): string {
  const parts = [countOf(vcpus, 'vCPU'), `${memoryGiB} GiB`, architecture];
  return [...parts, ...(accelerator ? [`${accelerator.count} × ${accelerator.model}`] : []), ...(localDisk ? ['instance store'] : [])].join(
    ', ',
  );
}
