import { expect, test } from 'vitest';
import { connected } from '../../src/survey/connected.ts';
import { nearDuplicates } from '../../src/survey/near-duplicates.ts';
import { judgedAs } from './judged-as.ts';

/** How often the survey reads the name of any AMI, for so many of one series. */
function namesRead(count: number): number {
  let reads = 0;
  const judged = Array.from({ length: count }, (_, index) => {
    const item = judgedAs({ id: `ami-${index}` });
    const ami = Object.defineProperty({ ...item.ami }, 'name', {
      get: () => {
        reads += 1;
        return `web-2026-10-${index}`;
      },
    });
    return { ...item, ami };
  });
  nearDuplicates(judged);
  return reads;
}

test('near-duplicates are found with work that grows as the number of AMIs does', () => {
  expect(namesRead(1000)).toBe(10 * namesRead(100));
});

test('a chain of a hundred thousand is joined', () => {
  const chain = Array.from({ length: 100_000 }, (_, index) => [index, index + 1]);
  expect(connected(chain)).toHaveLength(1);
});
