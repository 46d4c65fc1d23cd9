import { normalLocation } from '../model/index.ts';
import { AZURE } from './names.ts';
import { type Path, type Problem, quote } from './problem.ts';
import type { ImageEntry } from './schema.ts';
import { sourceKinds } from './source-and-steps.ts';

/** A problem of one merged image; its path starts at the image, since the value may stand in the image or in the defaults. */
export type ImageProblem = Omit<Problem, 'offset' | 'image' | 'meant'>;

/** Rules that no single key can break: what is missing after merging, and what contradicts itself. */
export function checkRequirements(name: string, entry: ImageEntry): readonly ImageProblem[] {
  return [...checkSource(entry), ...checkTarget(name, entry), ...checkRegions(entry), ...checkBlackouts(entry)];
}

function checkSource({ source = {} }: ImageEntry): readonly ImageProblem[] {
  const [kind] = sourceKinds(source);
  const region = source.region === undefined ? [missing(['source', 'region'])] : [];
  if (kind === undefined) return [missing(['source'], 'name the AMI by `ami`, by `owner` and `name`, or by `ssm`, and its `region`')];
  if (kind !== 'search') return region;
  return [
    ...(source.owner === undefined ? [missing(['source', 'owner'])] : []),
    ...(source.name === undefined ? [missing(['source', 'name'])] : []),
    ...region,
  ];
}

const TARGET_KEYS = ['subscription', 'resourceGroup', 'gallery', 'location'] as const;

function checkTarget(name: string, { target = {} }: ImageEntry): readonly ImageProblem[] {
  const absent = TARGET_KEYS.filter((key) => target[key] === undefined).map((key) => missing(['target', key]));
  if (target.definition !== undefined || AZURE.definition.pattern.test(name)) return absent;
  const message = `image name ${quote(name)} cannot be the name of its image definition`;
  return [...absent, { path: [], at: 'key', code: 'NAME_INVALID', message, hint: `set \`target.definition\`; ${AZURE.definition.rule}` }];
}

function checkRegions({ target, regions }: ImageEntry): readonly ImageProblem[] {
  if (regions === undefined) return [];
  const names = regions.map((region) => normalLocation(typeof region === 'string' ? region : region.name));
  const doubled = names.flatMap((name, index) => (names.indexOf(name) < index ? [doubledRegion(name, index)] : []));
  const location = target?.location === undefined ? undefined : normalLocation(target.location);
  if (location === undefined || names.includes(location)) return doubled;
  const message = `regions do not include ${quote(location)}, the location that the image is built and staged in`;
  const hint = `add ${location} to \`regions\`, or set \`target.location\` to one of ${[...new Set(names)].join(', ')}`;
  return [...doubled, { path: ['regions'], at: 'value', code: 'REGION_MISSING', message, hint }];
}

function doubledRegion(name: string, index: number): ImageProblem {
  return {
    path: ['regions', index],
    at: 'value',
    code: 'REGION_DUPLICATE',
    message: `region ${quote(name)} is listed twice`,
    hint: 'keep one of them',
  };
}

function checkBlackouts({ refresh }: ImageEntry): readonly ImageProblem[] {
  return (refresh?.blackout ?? []).flatMap((range, index) => {
    const [from = '', to = from] = range.split('/');
    const wrong = from > to || !isDate(from) || !isDate(to);
    const message = `refresh.blackout[${index}] ${quote(range)} is not a day or a range of days`;
    const hint = 'write days that exist, the earlier one first';
    return wrong ? [{ path: ['refresh', 'blackout', index], at: 'value', code: 'VALUE_INVALID', message, hint } as const] : [];
  });
}

/** False for days that no calendar has, which Date would move into the next month. */
function isDate(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function missing(path: Path, hint = 'set it under the image, or once for all images under `defaults`'): ImageProblem {
  return { path, at: 'key', code: 'KEY_MISSING', message: `${path.join('.')} is missing`, hint };
}
