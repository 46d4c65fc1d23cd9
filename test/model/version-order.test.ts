import { describe, expect, test } from 'vitest';
import { compareVersions, isWithin, newestVersionFirst, pointRelease, versionNumbers } from '../../src/model/index.ts';

describe('versions', () => {
  test.each([
    ['15 SP5', [15, 5]],
    ['2012 R2', [2012, 2]],
    ['8.6.0', [8, 6, 0]],
    ['10 22H2', [10, 22, 2]],
    ['rolling', []],
  ])('the numbers of %s', (version, numbers) => {
    expect(versionNumbers(version)).toEqual(numbers);
  });

  test('a point release is within its release, another major is not, whatever the digits', () => {
    expect([isWithin([9, 4], [9]), isWithin([9], [9]), isWithin([1967, 5], []), isWithin([90], [9]), isWithin([9], [9, 4])]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('versions are ordered as numbers', () => {
    expect([[10], [9, 10], [9], [9, 2]].toSorted(compareVersions)).toEqual([[9], [9, 2], [9, 10], [10]]);
  });

  test('names of image versions are ordered as numbers, newest first', () => {
    const names = ['9.9.9', '10.0.0', '22.04.202410020', '22.04.20249010', '1.0', '1.0.1', '1.x.0'];
    expect(names.toSorted(newestVersionFirst)).toEqual(['22.04.202410020', '22.04.20249010', '10.0.0', '9.9.9', '1.0.1', '1.0', '1.x.0']);
  });

  test('the point release below a release', () => {
    expect([pointRelease([8, 10], [8]), pointRelease([8], [8]), pointRelease([10, 22, 2], [10])]).toEqual([10, undefined, 22.02]);
  });
});
