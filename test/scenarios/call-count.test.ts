import { expect, test } from 'vitest';
import { runFleet } from '../../src/fleet.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { isAws } from '../bench/plan-fleet.ts';
import { fleetOf, scenarioFolders } from './folders.ts';
import { inSandbox } from './walk.ts';

const GOLDEN = scenarioFolders().filter((folder) => folder.endsWith('/golden'));

/** How often each thing was asked while so many images of one AMI family were planned; the definitions' names are left out. */
async function countCalls(images: number): Promise<Readonly<Record<string, number>>> {
  return inSandbox(GOLDEN[0] ?? '', { record: true }, async ({ sandbox, context }) => {
    const reports = await runFleet(fleetOf(images, GOLDEN), context, { until: 'plan', resume: false, force: false, concurrency: 8 });
    expect(reports.map(({ outcome }) => outcome)).toEqual(Array(images).fill('ready'));
    const asked = Object.groupBy(sandbox.exchanges, question);
    return Object.fromEntries(Object.entries(asked).map(([what, exchanges]) => [what, exchanges?.length ?? 0]));
  });
}

/** Everything that AWS is asked is one question: its protocols post to the root. */
function question({ liveRequest: { method, url } }: Exchange): string {
  return `${method} ${new URL(url).pathname.replace(/image-\d+/, '{definition}')}`;
}

test('fifty images of one AMI family ask the clouds for nothing more often than one does; their definitions are listed together', async () => {
  const [one, fifty] = await Promise.all([countCalls(1), countCalls(50)]);
  const isOwn = (what: string) => what.includes('{definition}');
  const definitions = Object.keys(one).find((what) => what.endsWith('/{definition}')) ?? '';
  const shared = Object.entries(one).filter(([what]) => !isOwn(what));
  expect(shared.length).toBeLessThan(Object.keys(one).length);
  expect(fifty).toEqual({ ...Object.fromEntries(shared), [definitions.replace('/{definition}', '')]: 1 });
});

test('a fleet of every scenario asks no more the larger it is, and fits what a thousand images may ask', async () => {
  const folders = scenarioFolders();
  const count = (rounds: number) =>
    inSandbox(folders.find((folder) => folder.endsWith('ubuntu-2404-arm64')) ?? '', { record: true }, async ({ sandbox, context }) => {
      await runFleet(fleetOf(folders.length * rounds, folders), context, { until: 'plan', resume: false, force: false, concurrency: 4 });
      const aws = sandbox.exchanges.filter(isAws).length;
      return { aws, azure: sandbox.exchanges.length - aws };
    });
  const [twice, fourTimes] = await Promise.all([count(2), count(4)]);
  expect(fourTimes).toEqual(twice);
  expect([twice.aws <= 30, twice.azure <= 100]).toEqual([true, true]);
});
