import { ImageEntry } from './schema.ts';
import { sourceKinds } from './source.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** An image's entry over the defaults: mappings key by key, lists and plain values replaced as a whole. */
export function mergeEntry(defaults: ImageEntry, own: ImageEntry): ImageEntry {
  return ImageEntry.parse(mergeMappings({ ...defaults, source: inheritedSource(defaults, own) }, own));
}

/** An image that names its AMI in its own way does not inherit the way of the defaults, only their region. */
function inheritedSource(defaults: ImageEntry, own: ImageEntry): ImageEntry['source'] {
  const [inherited] = sourceKinds(defaults.source ?? {});
  const [wanted] = sourceKinds(own.source ?? {});
  const clash = inherited !== undefined && wanted !== undefined && inherited !== wanted;
  return clash ? { region: defaults.source?.region } : defaults.source;
}

function mergeMappings(below: Mapping, above: Mapping): Mapping {
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries(
    [...keys]
      .map((key) => [key, mergeValues(ownValue(below, key), ownValue(above, key))] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function mergeValues(below: unknown, above: unknown): unknown {
  if (isMapping(below) && isMapping(above)) return mergeMappings(below, above);
  return above ?? below;
}

/** A tag may be called `constructor`, which every object inherits. */
function ownValue(mapping: Mapping, key: string): unknown {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
