import type { Image } from '@aws-sdk/client-ec2';
import { loadCatalog } from '../../src/catalog/load.ts';
import { statusOf } from '../../src/living/status.ts';
import { NO_WISHES } from '../../src/match/index.ts';
import { type LoggedEvent, type RegionState, Stage } from '../../src/model/index.ts';
import { historyOf, renderReport } from '../../src/report/index.ts';
import { renderStatus } from '../../src/report/status/index.ts';
import { renderSurvey } from '../../src/report/survey/index.ts';
import { surveyRecords } from '../../src/survey/index.ts';
import { NOW } from '../fakes/context.ts';
import { anActual, aUser, aWish, NOW as LOOKED, released } from '../living/values.ts';
import { REPORT } from '../report/fixture.ts';
import { amis, MIXED, record } from '../survey/an-account.ts';
import { sandboxPages } from './sandbox-pages.ts';

const HOSTILE = '<img src=x onerror=alert(1)>"\'&amp; 한국어 골든 이미지 ‮x';
const MINUTE = 60_000;
const START = Date.parse(REPORT.started);
const at = (milliseconds: number) => new Date(START + milliseconds).toISOString();

/** The way of an image through the stages, each as long as said; the last one fails where that is asked. */
function wayOf(image: string, begin: number, minutes: readonly number[], failing = false): readonly LoggedEvent[] {
  return minutes.flatMap((length, index): readonly LoggedEvent[] => {
    const stage = Stage.options[index];
    if (stage === undefined) return [];
    const from = begin + minutes.slice(0, index).reduce((sum, each) => sum + each, 0) * MINUTE;
    const end = { at: at(from + length * MINUTE), image, stage, milliseconds: length * MINUTE };
    const failed = failing && index === minutes.length - 1;
    return [
      { kind: 'stage-started', at: at(from), image, stage },
      failed ? { kind: 'stage-failed', ...end } : { kind: 'stage-finished', resumed: false, ...end },
    ];
  });
}

/** Regions that fill up one after the other; the last of them fails half way. */
function replicationOf(image: string, from: number): readonly LoggedEvent[] {
  const names = ['northeurope', 'westeurope', 'swedencentral', 'southeastasia', 'japaneast', 'brazilsouth'];
  return Array.from({ length: 13 }, (_, step) => ({
    kind: 'replication',
    at: at(from + step * MINUTE),
    image,
    regions: names.map((name, index): RegionState => {
      const progress = Math.min(index === 5 ? 45 : 100, Math.max(0, Math.round((step / (3 + index * 2)) * 100)));
      const state = progress === 100 ? 'Completed' : index === 5 && step === 12 ? 'Failed' : 'Replicating';
      return { name, state, progress };
    }),
  }));
}

const WAYS = [
  ...wayOf('web-golden', 0, [0.1, 0.2, 0.1, 0.5, 0.1, 24, 6, 13]),
  ...wayOf('api-arm64', 2 * MINUTE, [0.1, 0.2, 0.1, 0.5, 0.1, 20, 30], true),
  ...wayOf('rhel-9', 1 * MINUTE, [0.1, 0.2], true),
  ...replicationOf('web-golden', 31 * MINUTE),
].toSorted((one, other) => (one.at < other.at ? -1 : 1));

/** An account of a thousand AMIs, most of them older ones of thirty series. */
function thousand() {
  return Array.from({ length: 1000 }, (_, index) => {
    const date = new Date(Date.UTC(2026, 9, 1) - index * 86_400_000).toISOString();
    return record({
      ImageId: `ami-${String(index).padStart(17, '0')}`,
      Name: index === 7 ? HOSTILE : `team-${index % 30}-golden-${date.slice(0, 10)}`,
      CreationDate: date,
      ...(index % 5 === 0 && { Platform: 'Windows', PlatformDetails: 'Windows', UsageOperation: 'RunInstances:0002' }),
    });
  });
}

function fleet() {
  const current = released(10, { endOfLife: '2027-05-09T08:00:00.000Z' });
  const release = { distro: 'ubuntu', version: '24.04', support: { standard: '2029-05-31', extended: '2034-04-25' } } as never;
  const refresh = { every: '7d', on: ['age'], blackout: ['2026-11-20/2026-11-24'], timeZone: 'UTC', urgent: [] } as const;
  const images = Array.from({ length: 12 }, (_, index) => {
    const wish = index % 3 === 0 ? aWish({}) : aWish({ refresh, endOfLife: '180d' });
    const looked = { wish: { ...wish, release }, actual: anActual([released(5), current], { users: [aUser(current)] }), issues: [] };
    return { ...statusOf(looked, LOOKED), image: index === 3 ? HOSTILE : `image-with-a-long-name-${index}` };
  });
  return { kind: 'FleetStatus', schemaVersion: 1, at: LOOKED.toISOString(), images } as const;
}

/** The pages that regild writes, by name; names and texts in them are hostile where a stranger writes them. */
export async function pages(): Promise<ReadonlyMap<string, string>> {
  const catalog = await loadCatalog();
  const survey = (records: readonly Image[]) =>
    [...renderSurvey(surveyRecords(amis(...records), catalog, NO_WISHES, NOW), 'html')].join('');
  return new Map([
    ['run', [...renderReport(REPORT, 'html', { history: historyOf(WAYS) })].join('')],
    ['survey', survey([...MIXED])],
    ['survey-1000', survey(thousand())],
    ['status', renderStatus(fleet(), 'html')],
    ...(await sandboxPages()),
  ]);
}
