import * as z from 'zod';
import { Metric, type PlannedMeasurement } from '../model/index.ts';
import { record } from '../model/schema.ts';
import { OWN } from './names.ts';

const above = 'a figure is more than 0';

const figures = {
  ami: z
    .number()
    .positive(above)
    .describe("The AMI's own figure, to compare with; scripts/linux/measure.sh prints it on an instance.")
    .optional(),
  limit: z.number().positive(above).describe('A worse figure keeps the version from being published. Default: none does.').optional(),
};

const url = z.string().regex(OWN.measuredUrl.pattern, OWN.measuredUrl.rule);

/** What is measured on the test VM, as it is written: the metrics that are named. */
export const ManifestMeasure = record({
  boot: record(figures).describe('Seconds from the start of the system until all of it has started.').optional(),
  diskRead: record(figures).describe('MB/s of one stream from the OS disk, past the cache.').optional(),
  diskWrite: record(figures).describe('MB/s of one stream to the OS disk, past the cache.').optional(),
  diskIops: record(figures).describe('Random reads of 4 KiB a second from the OS disk, 32 at a time.').optional(),
  diskLatency: record(figures).describe('Milliseconds of one random read of 4 KiB from the OS disk.').optional(),
  network: record({ url: url.describe('What is downloaded: a large file that needs no login.'), ...figures })
    .describe('MB/s of one download.')
    .optional(),
  networkLatency: record({ url: url.describe('Whose host and port are connected to.'), ...figures })
    .describe('Milliseconds of one TCP connection.')
    .optional(),
});

/** The metrics in the order in which reports list them. */
export function toMeasurements(measure: z.infer<typeof ManifestMeasure> = {}): readonly PlannedMeasurement[] {
  return Metric.options.flatMap((metric) => {
    const wanted = measure[metric];
    return wanted === undefined ? [] : [{ metric, ...wanted }];
  });
}
