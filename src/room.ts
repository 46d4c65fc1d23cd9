import { RegildError } from './errors.ts';
import {
  type BuildPlan,
  type Issue,
  isOfAllSizes,
  misfits,
  placeName,
  type SizeNeed,
  type Stage,
  shortageIn,
  sizeNamed,
  type TriedPlace,
  type VmPlace,
  type VmSize,
} from './model/index.ts';
import type { Ports } from './ports.ts';

/** What is made in the first place that has room, and the places before it. */
export interface Made<Result> {
  readonly result: Result;
  readonly place: VmPlace;
  readonly tried: readonly TriedPlace[];
}

/** How places are looked for. */
export interface Search {
  readonly location: string;
  /** What every size must be able to do; asked with the sizes of the location. */
  readonly need: (sizes: readonly VmSize[]) => SizeNeed;
  /** The sizes of the location; asked when the first place has no room. */
  readonly sizes: () => Promise<readonly VmSize[]>;
  /** Where further sizes are named, for example `build.fallbackSizes`. */
  readonly key: string;
  /** Told of each place that was not taken, and of the next one. */
  readonly onTried: (tried: TriedPlace, next: VmPlace | undefined) => void;
}

/** How places are looked for in the location of a plan. */
export function searchOf(
  { image, subscription, location }: Pick<BuildPlan, 'image' | 'subscription' | 'location'>,
  { stage, ...asked }: { readonly stage: Stage } & Pick<Search, 'key' | 'need'>,
  ports: Pick<Ports, 'subscription' | 'progress'>,
): Search {
  return {
    ...asked,
    location,
    sizes: () => ports.subscription.sizes(subscription, location),
    onTried: (tried, next) => {
      const text = next === undefined ? toldOf(tried) : `${toldOf(tried)}; trying ${placeName(next)}`;
      ports.progress.emit({ kind: 'stage-note', image, stage, text });
    },
  };
}

/**
 * Works in the first of these places for which Azure has room. Only a lack of room leads to the next place, and only to one that can run the image:
 * used up quota passes over all that it counts. Anything else that fails is thrown as it is; so is the last lack of room, with all places that were tried.
 */
export async function whereThereIsRoom<Result>(
  places: readonly VmPlace[],
  search: Search,
  work: (place: VmPlace) => Promise<Result>,
  tried: readonly TriedPlace[] = [],
): Promise<Made<Result>> {
  const [place, ...later] = places;
  if (place === undefined) throw new RegildError('INTERNAL', 'no VM size is planned');
  try {
    return { result: await work(place), place, tried };
  } catch (error) {
    const found = shortageOf(place, error);
    if (found === undefined) throw error;
    if (later.length === 0) throw exhausted(error, [...tried, found], search);
    const sizes = await search.sizes();
    const { passed, rest } = passOver(later, found, sizes, search.need(sizes));
    const [next] = rest;
    for (const [index, one] of [found, ...passed].entries()) search.onTried(one, index === passed.length ? next : undefined);
    const all = [...tried, found, ...passed];
    if (next === undefined) throw exhausted(error, all, search);
    return whereThereIsRoom(rest, search, work, all);
  }
}

/** Whether something failed because Azure has no room for one more VM. */
export function isNoRoom(error: unknown): boolean {
  return error instanceof RegildError && shortageIn(wordsOf(error)) !== undefined;
}

/** A failure as a lack of room in a place; undefined for any other. */
function shortageOf(place: VmPlace, error: unknown): TriedPlace | undefined {
  if (!(error instanceof RegildError)) return undefined;
  const why = shortageIn(wordsOf(error));
  return why && { ...place, why, said: error.message };
}

/** The class stands in ARM's code, or in what Packer printed. */
function wordsOf({ details, message }: RegildError): string {
  return `${details.armCode ?? ''} ${message}`;
}

/** The places up to the first that can be asked for, each with what speaks against it, and the rest. */
function passOver(
  places: readonly VmPlace[],
  failed: TriedPlace,
  sizes: readonly VmSize[],
  need: SizeNeed,
): { readonly passed: readonly TriedPlace[]; readonly rest: readonly VmPlace[] } {
  const against = places.map((place) => obstacle(place, failed, sizes, need));
  const first = against.indexOf(undefined);
  const end = first < 0 ? places.length : first;
  return { passed: against.slice(0, end).filter((one) => one !== undefined), rest: places.slice(end) };
}

function obstacle(place: VmPlace, failed: TriedPlace, sizes: readonly VmSize[], need: SizeNeed): TriedPlace | undefined {
  const size = sizeNamed(sizes, place.vmSize);
  if (size === undefined) return { ...place, why: 'unfit', said: `${place.vmSize} is not sold in ${need.location}` };
  const [misfit] = misfits(size, need);
  if (misfit !== undefined) return { ...place, why: 'unfit', said: `${size.name} ${misfit}` };
  if (place.zone !== undefined && !size.zones.includes(place.zone)) {
    return { ...place, why: 'unfit', said: `${size.name} is not offered in zone ${place.zone} of ${need.location}` };
  }
  return failed.why === 'quota' && isCounted(size, failed, sizes)
    ? { ...place, why: 'quota', said: `the quota that ${failed.vmSize} met counts ${size.name} too` }
    : undefined;
}

function isCounted(size: VmSize, failed: TriedPlace, sizes: readonly VmSize[]): boolean {
  const full = sizeNamed(sizes, failed.vmSize);
  if (full === undefined) return false;
  return isOfAllSizes(failed.said) ? size.vcpus >= full.vcpus : size.family.toLowerCase() === full.family.toLowerCase();
}

/** The last failure, saying of every place why it was not taken. */
function exhausted(error: unknown, tried: readonly TriedPlace[], { key, location }: Search): unknown {
  if (!(error instanceof RegildError)) return error;
  const [only, ...more] = tried;
  const hint = `name more sizes in \`${key}\`, ask for quota in ${location}, or wait and run the same command again`;
  if (only !== undefined && more.length === 0)
    return new RegildError(error.code, error.message, { hint, details: error.details, cause: error });
  return new RegildError(error.code, `no VM size had room in ${location}: ${tried.map(toldOf).join('; ')}`, {
    hint,
    details: { ...error.details, tried: tried.map(placeName).join(', ') },
    cause: error,
  });
}

/** A place that was not taken, in a few words: `Standard_D2s_v5: no room (…)`. */
function toldOf(tried: TriedPlace): string {
  return `${placeName(tried)}: ${WORDS[tried.why]} (${tried.said})`;
}

const WORDS = {
  'not-available': 'not available',
  'no-room': 'no room',
  'zone-full': 'the zone is full',
  'too-many-wishes': 'no host meets all that is asked',
  quota: 'quota used up',
  unfit: 'cannot run the image',
} as const satisfies Readonly<Record<TriedPlace['why'], string>>;

/** That a VM is another than the first that was planned: never silent. `whose` is for example `the build VM`. */
export function replacedSize(
  image: string,
  whose: string,
  { place, tried }: Pick<Made<unknown>, 'place' | 'tried'>,
  key: string,
): readonly Issue[] {
  if (tried.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'SIZE_REPLACED',
      message: `${whose} was ${placeName(place)}, the next of \`${key}\`, since Azure had no room before it: ${tried.map(toldOf).join('; ')}`,
      hint: `\`${key}\` says which sizes may stand in, and \`[]\` that none may`,
      image,
    },
  ];
}
