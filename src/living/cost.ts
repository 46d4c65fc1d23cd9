import type { ExistingVersion, PriceSource } from '../model/index.ts';
import type { Retained } from './retention.ts';

/** What a GB of each storage costs in a month, and who says so. */
export interface StoragePrices {
  readonly from: PriceSource;
  readonly storageGBMonth: Readonly<Record<string, number>>;
}

/** What versions that stay and that go cost in a month, in one sentence. The service bills what is written, so the size of the disks is the most. */
export function costOf(retained: readonly Retained[], { from, storageGBMonth }: StoragePrices): string {
  const cost = (action: Retained['action']) =>
    retained.filter((one) => one.action === action).reduce((sum, { version }) => sum + monthly(version, storageGBMonth), 0);
  const storages = retained.flatMap(({ version }) => version.targetRegions.map(({ storage }) => storage));
  const missing = [...new Set(storages)].filter((storage) => storageGBMonth[storage] === undefined);
  const without = missing.length === 0 ? '' : `, without ${missing.join(', ')}, for which it has no price`;
  const source = `${from.currency} of ${from.date} by ${from.file}, from ${from.source}`;
  return `what stays costs at most ${money(cost('keep'))} ${from.currency} a month, what goes at most ${money(cost('delete'))} (${source}${without})`;
}

function monthly({ sizeGiB = 0, targetRegions }: ExistingVersion, prices: StoragePrices['storageGBMonth']): number {
  return targetRegions.reduce((sum, { replicas, storage }) => sum + sizeGiB * replicas * (prices[storage] ?? 0), 0);
}

function money(amount: number): string {
  return amount.toFixed(2);
}
