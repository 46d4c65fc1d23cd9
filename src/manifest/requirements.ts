import { isTimeZone, normalLocation, parseBlackout } from '../model/index.ts';
import { isCron } from './cron.ts';
import { AZURE } from './names.ts';
import { type ImageProblem, type Path, quote } from './problem.ts';
import { checkProduction } from './production.ts';
import { doubledRegions, namesOf } from './regions.ts';
import { checkRollout } from './rollout.ts';
import type { ImageEntry } from './schema.ts';
import { checkSharing } from './sharing.ts';
import { sourceKinds } from './source.ts';
import { checkTestLogin, checkTestRegions } from './test-place.ts';

/** Rules that no single key can break: what is missing after merging, and what contradicts itself. */
export function checkRequirements(name: string, entry: ImageEntry): readonly ImageProblem[] {
  return [
    ...checkSource(entry),
    ...checkTarget(name, entry),
    ...checkRegions(entry),
    ...checkRefresh(entry),
    ...checkRollout([], entry, entry.target?.location),
    ...checkProduction(entry),
    ...checkSharing(entry),
    ...checkTestRegions(entry),
    ...checkTestLogin(entry),
  ];
}

function checkSource(entry: ImageEntry): readonly ImageProblem[] {
  const { source = {} } = entry;
  const [kind] = sourceKinds(source);
  const region = source.region === undefined ? [missing(['source', 'region'])] : [];
  if (kind === undefined) {
    return [
      missing(
        ['source'],
        'name the AMI by `ami`, by `owner` and `name`, or by `ssm`, and its `region`; or a file by `disk` or `inventory`',
      ),
    ];
  }
  if (kind === 'disk' || kind === 'inventory') return checkFileSource(entry);
  if (kind !== 'search') return region;
  return [
    ...(source.owner === undefined ? [missing(['source', 'owner'])] : []),
    ...(source.name === undefined ? [missing(['source', 'name'])] : []),
    ...region,
  ];
}

/** What is in the file is all that is known of it: nothing else can be looked at. */
function checkFileSource({ inspect }: ImageEntry): readonly ImageProblem[] {
  if (inspect !== 'never') return [];
  const hint = 'take `inspect` out, or name the AMI';
  return [
    {
      path: ['inspect'],
      at: 'value',
      code: 'VALUE_INVALID',
      message: 'inspect is never, and the source is a file that is only read',
      hint,
    },
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
  const names = namesOf(regions);
  const doubled = doubledRegions([], names);
  const location = target?.location === undefined ? undefined : normalLocation(target.location);
  if (location === undefined || names.includes(location)) return doubled;
  const message = `regions do not include ${quote(location)}, the location that the image is built and staged in`;
  const hint = `add ${location} to \`regions\`, or set \`target.location\` to one of ${[...new Set(names)].join(', ')}`;
  return [...doubled, { path: ['regions'], at: 'value', code: 'REGION_MISSING', message, hint }];
}

function checkRefresh({ refresh = {} }: ImageEntry): readonly ImageProblem[] {
  return [
    ...(refresh.blackout ?? []).flatMap((text, index) => (parseBlackout(text) ? [] : [noBlackout(text, index)])),
    ...(refresh.timeZone === undefined || isTimeZone(refresh.timeZone) ? [] : [noTimeZone(refresh.timeZone)]),
    ...(refresh.schedule === undefined || isCron(refresh.schedule) ? [] : [noCron(refresh.schedule)]),
    ...(refresh.jitter === undefined || refresh.schedule !== undefined ? [] : [noSchedule()]),
  ];
}

function noBlackout(text: string, index: number): ImageProblem {
  return {
    path: ['refresh', 'blackout', index],
    at: 'value',
    code: 'VALUE_INVALID',
    message: `refresh.blackout[${index}] ${quote(text)} is not a day, a range of days or a window of the week`,
    hint: 'write days that exist, the earlier one first; days of the week as mon, tue, wed, thu, fri, sat, sun',
  };
}

function noTimeZone(text: string): ImageProblem {
  const message = `refresh.timeZone ${quote(text)} is no time zone`;
  return {
    path: ['refresh', 'timeZone'],
    at: 'value',
    code: 'VALUE_INVALID',
    message,
    hint: 'write a name of the IANA database, for example Europe/Dublin',
  };
}

function noCron(text: string): ImageProblem {
  const message = `refresh.schedule ${quote(text)} is no cron line that ever comes`;
  const hint = 'write minute, hour, day of the month, month and day of the week, for example 0 4 * * 2 (Tuesdays at four)';
  return { path: ['refresh', 'schedule'], at: 'value', code: 'VALUE_INVALID', message, hint };
}

function noSchedule(): ImageProblem {
  const message = 'refresh.jitter is set without a refresh.schedule that it would spread';
  return { path: ['refresh', 'jitter'], at: 'key', code: 'KEY_MISSING', message, hint: 'set `refresh.schedule`, or take `jitter` out' };
}

function missing(path: Path, hint = 'set it under the image, or once for all images under `defaults`'): ImageProblem {
  return { path, at: 'key', code: 'KEY_MISSING', message: `${path.join('.')} is missing`, hint };
}
