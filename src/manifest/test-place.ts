import { normalLocation } from '../model/index.ts';
import { type ImageProblem, quote } from './problem.ts';
import { doubledRegions, namesOf } from './regions.ts';
import type { ImageEntry } from './schema.ts';

/** Regions that boot the image before it is `latest` are among those that get it; the target's own is tested as `test` says. */
export function checkTestRegions({ test, regions, target }: ImageEntry): readonly ImageProblem[] {
  const given = test?.regions;
  if (given === undefined || typeof given === 'string') return [];
  const location = normalLocation(target?.location ?? '');
  const wanted = namesOf(regions, location);
  const names = given.map((region) => normalLocation(typeof region === 'string' ? region : region.name));
  return [
    ...doubledRegions(['test'], names),
    ...names.flatMap((name, index) => (wanted.includes(name) ? [] : [unknownRegion(name, index, wanted)])),
    ...given.flatMap((region, index) =>
      names[index] === location && typeof region !== 'string' && (region.subnet ?? region.vmSize) !== undefined
        ? [firstRegion(location, index)]
        : [],
    ),
  ];
}

/** Into a network that is made for the test nobody reaches. */
export function checkTestLogin({ test }: ImageEntry): readonly ImageProblem[] {
  if (test?.login !== 'network' || test.subnet !== undefined) return [];
  const hint = 'set `test.subnet` to one that is reached from where regild runs, or take `login` out: no public address is made';
  return [
    { path: ['test', 'login'], at: 'value', code: 'KEY_MISSING', message: 'test.login is network, and test.subnet is missing', hint },
  ];
}

function unknownRegion(name: string, index: number, wanted: readonly string[]): ImageProblem {
  const message = `test.regions[${index}] names ${quote(name)}, which is not among the regions of the image`;
  const hint = `add it to \`regions\`, or take it out; the regions are ${wanted.join(', ')}`;
  return { path: ['test', 'regions', index], at: 'value', code: 'VALUE_INVALID', message, hint };
}

function firstRegion(location: string, index: number): ImageProblem {
  const message = `test.regions[${index}] gives ${quote(location)}, where the image is built, a machine of its own`;
  const hint = 'all test VMs of the target stand there: set `test.subnet` and `test.vmSize`';
  return { path: ['test', 'regions', index], at: 'value', code: 'VALUE_INVALID', message, hint };
}
