import * as z from 'zod';
import { record } from './schema.ts';

/** What can be measured on a test VM. */
export const Metric = z.enum(['boot', 'diskRead', 'diskWrite', 'diskIops', 'diskLatency', 'network', 'networkLatency']);
export type Metric = z.infer<typeof Metric>;

/** Of each metric: its words in reports, its unit, and which of two figures is the better one. */
export const METRICS = {
  boot: { title: 'boot', unit: 's', better: 'lower' },
  diskRead: { title: 'OS disk, reading', unit: 'MB/s', better: 'higher' },
  diskWrite: { title: 'OS disk, writing', unit: 'MB/s', better: 'higher' },
  diskIops: { title: 'OS disk, random reads', unit: 'IOPS', better: 'higher' },
  diskLatency: { title: 'OS disk, one random read', unit: 'ms', better: 'lower' },
  network: { title: 'network, one stream', unit: 'MB/s', better: 'higher' },
  networkLatency: { title: 'network, one connection', unit: 'ms', better: 'lower' },
} as const satisfies Record<Metric, { readonly title: string; readonly unit: string; readonly better: 'lower' | 'higher' }>;

/** One metric that the user wants measured, in the unit of the metric. */
export const PlannedMeasurement = record({
  metric: Metric,
  /** The AMI's own figure, to compare with. */
  ami: z.number().optional(),
  /** A worse figure than this keeps the version from being published; absent = nothing does. */
  limit: z.number().optional(),
  /** What is downloaded, or connected to: of the metrics of the network. */
  url: z.string().optional(),
});
export type PlannedMeasurement = z.infer<typeof PlannedMeasurement>;

/** What came of one, in the same unit. */
export const Measurement = record({
  metric: Metric,
  /** Absent where it could not be measured. */
  value: z.number().optional(),
  /** How it was measured, or why not. */
  how: z.string(),
  ami: z.number().optional(),
  limit: z.number().optional(),
  /** Whether the limit is kept; absent where there is none, and where the figure is simulated. */
  kept: z.boolean().optional(),
});
export type Measurement = z.infer<typeof Measurement>;

/** Whether a figure is as good as a limit in the same unit; a missing one is not. */
export function keepsLimit(metric: Metric, value: number | undefined, limit: number): boolean {
  if (value === undefined) return false;
  return METRICS[metric].better === 'lower' ? value <= limit : value >= limit;
}
