import { describe, expect, test } from 'vitest';
import { RegildError } from '../src/errors.ts';
import { placesOf, type VmSize } from '../src/model/index.ts';
import { replacedSize, type Search, whereThereIsRoom } from '../src/room.ts';
import { aSize } from './fakes/values.ts';

const SIZES: readonly VmSize[] = [
  aSize({ name: 'Standard_D2s_v5', family: 'standardDSv5Family', zones: ['1', '2'] }),
  aSize({ name: 'Standard_D4s_v5', family: 'standardDSv5Family', vcpus: 4, zones: ['1', '2'] }),
  aSize({ name: 'Standard_D2as_v5', family: 'standardDASv5Family', zones: ['2'] }),
  aSize({ name: 'Standard_B1s', family: 'standardBSFamily', vcpus: 1 }),
  aSize({ name: 'Standard_D2s_v6', family: 'standardDSv6Family', controllers: ['NVMe'] }),
  aSize({ name: 'Standard_NV6', family: 'standardNVFamily', restriction: 'NotAvailableForSubscription' }),
];

const refused = (code: string, message = 'there is no room') =>
  new RegildError('CLOUD_FAILED', `could not create the test VM: ${message}`, { details: { armCode: code } });
const ALLOCATION = refused('AllocationFailed');

/** Walks places, of which those named here fail. */
async function walk(places: ReturnType<typeof placesOf>, failing: Readonly<Record<string, Error>>) {
  const asked: string[] = [];
  const told: string[] = [];
  const search: Search = {
    location: 'westeurope',
    key: 'test.fallbackSizes',
    need: () => ({ location: 'westeurope', architecture: 'x64', generation: 'V2', controllers: ['SCSI'], trustedLaunch: true }),
    sizes: async () => SIZES,
    onTried: ({ vmSize, why }, next) => told.push(`${vmSize} ${why} → ${next?.vmSize ?? 'none'}`),
  };
  const outcome = await whereThereIsRoom(places, search, async ({ vmSize, zone }) => {
    const name = zone === undefined ? vmSize : `${vmSize}/${zone}`;
    asked.push(name);
    const error = failing[name];
    if (error) throw error;
    return `made of ${name}`;
  }).catch((error: unknown) => error);
  return { asked, told, outcome };
}

test('the first place that has room is taken, and no size is asked for before it has none', async () => {
  const { asked, told, outcome } = await walk(placesOf(['Standard_D2s_v5', 'Standard_D2as_v5']), {});
  expect({ asked, told, outcome }).toEqual({
    asked: ['Standard_D2s_v5'],
    told: [],
    outcome: { result: 'made of Standard_D2s_v5', place: { vmSize: 'Standard_D2s_v5' }, tried: [] },
  });
});

test('a size that cannot run the image is passed over with its reason: it keeps controller, security and what the subscription may use', async () => {
  const { asked, told, outcome } = await walk(
    placesOf(['Standard_D2s_v5', 'Standard_D2s_v6', 'Standard_NV6', 'Standard_X', 'Standard_D2as_v5']),
    {
      Standard_D2s_v5: ALLOCATION,
    },
  );
  expect(asked).toEqual(['Standard_D2s_v5', 'Standard_D2as_v5']);
  expect(told).toEqual([
    'Standard_D2s_v5 no-room → none',
    'Standard_D2s_v6 unfit → none',
    'Standard_NV6 unfit → none',
    'Standard_X unfit → Standard_D2as_v5',
  ]);
  expect(outcome).toEqual({
    result: 'made of Standard_D2as_v5',
    place: { vmSize: 'Standard_D2as_v5' },
    tried: [
      { vmSize: 'Standard_D2s_v5', why: 'no-room', said: 'could not create the test VM: there is no room' },
      { vmSize: 'Standard_D2s_v6', why: 'unfit', said: 'Standard_D2s_v6 has no SCSI disk controller' },
      { vmSize: 'Standard_NV6', why: 'unfit', said: 'Standard_NV6 is restricted in westeurope: NotAvailableForSubscription' },
      { vmSize: 'Standard_X', why: 'unfit', said: 'Standard_X is not sold in westeurope' },
    ],
  });
});

describe('by class of error', () => {
  test('a full zone leads to the next zone of the same size', async () => {
    const { asked } = await walk(placesOf(['Standard_D2s_v5', 'Standard_D2as_v5'], ['1', '2']), {
      'Standard_D2s_v5/1': refused('ZonalAllocationFailed'),
    });
    expect(asked).toEqual(['Standard_D2s_v5/1', 'Standard_D2s_v5/2']);
  });

  test('a zone in which a size is not offered is not asked for', async () => {
    const { asked } = await walk(placesOf(['Standard_D2s_v5', 'Standard_D2as_v5'], ['1', '2']), {
      'Standard_D2s_v5/1': refused('SkuNotAvailable'),
      'Standard_D2s_v5/2': refused('OverconstrainedZonalAllocationRequest'),
    });
    expect(asked).toEqual(['Standard_D2s_v5/1', 'Standard_D2s_v5/2', 'Standard_D2as_v5/2']);
  });

  test('the quota of a family passes over all of its sizes and zones', async () => {
    const quota = refused('QuotaExceeded', 'exceeding quota limit of standardDSv5Family Cores');
    const { asked } = await walk(placesOf(['Standard_D2s_v5', 'Standard_D4s_v5', 'Standard_D2as_v5'], ['1', '2']), {
      'Standard_D2s_v5/1': quota,
    });
    expect(asked).toEqual(['Standard_D2s_v5/1', 'Standard_D2as_v5/2']);
  });

  test('the quota of the location leaves smaller sizes only', async () => {
    const quota = refused('OperationNotAllowed', 'it results in exceeding approved Total Regional Cores quota');
    const { asked } = await walk(placesOf(['Standard_D2s_v5', 'Standard_D2as_v5', 'Standard_B1s']), { Standard_D2s_v5: quota });
    expect(asked).toEqual(['Standard_D2s_v5', 'Standard_B1s']);
  });

  test('what is no lack of room is thrown as it is', async () => {
    const error = refused('OperationNotAllowed', 'The maximum number of data disks is 4.');
    const { asked, outcome } = await walk(placesOf(['Standard_D2s_v5', 'Standard_D2as_v5']), { Standard_D2s_v5: error });
    expect(asked).toEqual(['Standard_D2s_v5']);
    expect(outcome).toBe(error);
  });
});

test('where nothing has room, the failure names every place and what to do', async () => {
  const { outcome } = await walk(placesOf(['Standard_D2s_v5', 'Standard_D2as_v5']), {
    Standard_D2s_v5: ALLOCATION,
    Standard_D2as_v5: refused('SkuNotAvailable', 'not here'),
  });
  expect(outcome).toMatchObject({
    code: 'CLOUD_FAILED',
    message:
      'no VM size had room in westeurope: Standard_D2s_v5: no room (could not create the test VM: there is no room); Standard_D2as_v5: not available (could not create the test VM: not here)',
    hint: 'name more sizes in `test.fallbackSizes`, ask for quota in westeurope, or wait and run the same command again',
    details: { armCode: 'SkuNotAvailable', tried: 'Standard_D2s_v5, Standard_D2as_v5' },
  });
});

test('another size is never silent', () => {
  const tried = [{ vmSize: 'Standard_D2s_v5', zone: '1', why: 'zone-full', said: 'full' }] as const;
  expect(replacedSize('web', 'the build VM', { place: { vmSize: 'Standard_D2s_v5', zone: '2' }, tried }, 'build.fallbackSizes')).toEqual([
    {
      severity: 'warning',
      code: 'SIZE_REPLACED',
      message:
        'the build VM was Standard_D2s_v5 in zone 2, the next of `build.fallbackSizes`, since Azure had no room before it: Standard_D2s_v5 in zone 1: the zone is full (full)',
      hint: '`build.fallbackSizes` says which sizes may stand in, and `[]` that none may',
      image: 'web',
    },
  ]);
  expect(replacedSize('web', 'the build VM', { place: { vmSize: 'a' }, tried: [] }, 'k')).toEqual([]);
});
