import type { BuildPlan, Forecast, ForecastItem, ImageSpec, Inventory, Issue, Range, TargetRegion } from '../model/index.ts';
import { usedBytes } from '../model/index.ts';
import type { Prices } from '../prices.ts';

/** What a forecast is made of. */
export interface ForecastInputs {
  readonly plan: Pick<BuildPlan, 'location' | 'build' | 'test' | 'regions'>;
  readonly spec: Pick<ImageSpec, 'retention' | 'production' | 'target'>;
  readonly inventory: Pick<Inventory, 'boot'> | undefined;
  readonly prices: Prices | undefined;
  readonly now: Date;
}

/** Minutes that a build takes at least. Source: github.com/hashicorp/agent-skills, azure-image-builder: "15-45 minutes depending on provisioning and OS". */
const SHORTEST_BUILD = 15;
/** Minutes that a test VM is there at least, which is an assumption: it boots, is asked, restarts and is asked again. */
const SHORTEST_TEST = 2;
/** A price list is old after so many days. */
const OLD_DAYS = 90;

const GIB = 2 ** 30;
const DAY = 86_400_000;

/** What a build will use and what its versions will take, as ranges with what they rest on; priced by the user's file alone. */
export function forecastOf(inputs: ForecastInputs): { readonly forecast: Forecast; readonly issues: readonly Issue[] } {
  const { prices } = inputs;
  const items = [buildVm(inputs), ...testVms(inputs), ...storage(inputs), ...egress(inputs)].map((item) => priced(item, prices));
  return {
    forecast: { items, ...(prices && { prices: prices.from }) },
    issues: prices === undefined ? [] : [...old(prices, inputs.now), ...unpriced(items, prices)],
  };
}

function buildVm({ plan: { build } }: ForecastInputs): ForecastItem {
  return {
    what: 'build-vm',
    of: build.vmSize,
    unit: 'VM hours',
    quantity: hours(Math.min(SHORTEST_BUILD, build.timeoutMinutes), build.timeoutMinutes),
    assumption: `builds take ${SHORTEST_BUILD} minutes at least, and \`build.timeoutMinutes\` ends them after ${build.timeoutMinutes}`,
  };
}

/** Each shape boots, is asked, restarts and is asked again; each of both boots has its time limit. */
function testVms({ plan: { test } }: ForecastInputs): readonly ForecastItem[] {
  const bySize = Map.groupBy(test.shapes, ({ vmSize }) => vmSize);
  return [...bySize].map(([vmSize, shapes]) => ({
    what: 'test-vms',
    of: vmSize,
    unit: 'VM hours',
    quantity: hours(SHORTEST_TEST * shapes.length, 2 * test.timeoutMinutes * shapes.length),
    assumption: `${shapes.length === 1 ? 'one VM' : `${shapes.length} VMs`} of ${SHORTEST_TEST} minutes at least, and two boots of \`test.timeoutMinutes\` (${test.timeoutMinutes}) each at most`,
  }));
}

/** Azure bills what is occupied of each replica, so the disk's size is the most. Source: learn.microsoft.com/azure/virtual-machines/azure-compute-gallery, billing. */
function storage(inputs: ForecastInputs): readonly ForecastItem[] {
  const { plan, spec } = inputs;
  const size = versionSize(inputs);
  const all = [...plan.regions, ...(spec.production?.regions ?? [])];
  const byStorage = Map.groupBy(all, (region) => region.storage);
  return [...byStorage].map(([kind, regions]) => {
    const replicas = regions.reduce((sum, region) => sum + region.replicas, 0);
    return {
      what: 'storage',
      of: kind,
      unit: 'GB per month',
      quantity: { least: size.least * replicas, most: size.most * replicas * spec.retention.keep },
      assumption: `${size.words} × ${counted(replicas, 'replica')} in ${counted(regions.length, 'region')}, of one version to the ${spec.retention.keep} that \`retention.keep\` leaves`,
    };
  });
}

/** The first replica of a region is copied over the network, the others within it. Source: learn.microsoft.com/azure/virtual-machines/azure-compute-gallery, billing. */
function egress(inputs: ForecastInputs): readonly ForecastItem[] {
  const { plan, spec } = inputs;
  const size = versionSize(inputs);
  const away =
    beyond(plan.regions, plan.location) + (spec.production ? beyond(spec.production.regions, spec.production.target.location) : 0);
  if (away === 0) return [];
  return [
    {
      what: 'egress',
      unit: 'GB',
      quantity: { least: size.least * away, most: size.most * away },
      assumption: `${size.words} to each of ${counted(away, 'further region')}, once for each version`,
    },
  ];
}

function beyond(regions: readonly TargetRegion[], home: string): number {
  return regions.filter(({ name }) => name !== home).length;
}

/** GB of one replica. What is used of the AMI's disk comes to the base, so it is no more than a hint of the least. */
function versionSize({ plan: { build }, inventory }: ForecastInputs): Range & { readonly words: string } {
  const used = inventory === undefined ? undefined : usedBytes(inventory.boot);
  const least = used === undefined ? 0 : Math.min(Math.round(used / GIB), build.osDiskSizeGB);
  const from = used === undefined ? '0 GB (nobody looked how much of the AMI is used)' : `${least} GB (used of the AMI's disk)`;
  return { least, most: build.osDiskSizeGB, words: `${from} to ${build.osDiskSizeGB} GB (the whole OS disk)` };
}

function hours(least: number, most: number): Range {
  return { least: round(least / 60), most: round(most / 60) };
}

function priced(item: ForecastItem, prices: Prices | undefined): ForecastItem {
  const price = prices && priceOf(item, prices);
  if (price === undefined) return item;
  const { least, most } = item.quantity;
  return { ...item, cost: { least: round(least * price), most: round(most * price) } };
}

/** Azure compares names of sizes without regard to case. */
function priceOf({ what, of = '' }: ForecastItem, prices: Prices): number | undefined {
  switch (what) {
    case 'build-vm':
    case 'test-vms':
      return Object.entries(prices.vmHour).find(([name]) => name.toLowerCase() === of.toLowerCase())?.[1];
    case 'storage':
      return Object.entries(prices.storageGBMonth).find(([name]) => name === of)?.[1];
    case 'egress':
      return prices.egressGB;
  }
}

const KEYS = { 'build-vm': 'vmHour', 'test-vms': 'vmHour', storage: 'storageGBMonth', egress: 'egressGB' } as const satisfies Readonly<
  Record<ForecastItem['what'], string>
>;

function unpriced(items: readonly ForecastItem[], { from }: Prices): readonly Issue[] {
  const missing = items
    .filter(({ cost }) => cost === undefined)
    .map(({ what, of }) => [KEYS[what], of].filter((part) => part !== undefined).join('.'));
  if (missing.length === 0) return [];
  return [
    {
      severity: 'info',
      code: 'PRICE_MISSING',
      message: `${from.file} has no price of ${[...new Set(missing)].join(', ')}: their cost is not in the forecast`,
      hint: 'add them to the price file',
    },
  ];
}

function old({ from }: Prices, now: Date): readonly Issue[] {
  const days = Math.floor((now.getTime() - Date.parse(from.date)) / DAY);
  if (days >= 0 && days <= OLD_DAYS) return [];
  const age = days < 0 ? `are of ${from.date}, which is still to come` : `are ${days} days old (${from.date})`;
  return [
    {
      severity: 'warning',
      code: 'PRICES_OLD',
      message: `the prices of ${from.file} ${age}`,
      hint: 'read them again at their source, and set `date`',
    },
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** To a hundredth: binary fractions have no place in a report. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
