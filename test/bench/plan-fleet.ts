import { performance } from 'node:perf_hooks';
import { runFleet } from '../../src/fleet.ts';
import type { ImageSpec } from '../../src/model/index.ts';
import type { Artifacts } from '../../src/ports.ts';
import { SEEDED_SNAPSHOTS } from '../../src/sandbox/aws/snapshots.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { spareMemory } from '../../src/spare-memory.ts';
import { service } from '../contract/exchanges.ts';
import { fleetOf, scenarioFolders } from '../scenarios/folders.ts';
import { inSandbox } from '../scenarios/walk.ts';

/** What planning a fleet took: the peak is that of the whole process (resident set), the sandbox and what runs it included. */
export interface PlannedFleet {
  readonly milliseconds: number;
  readonly peakMiB: number;
  readonly aws: number;
  readonly azure: number;
}

/** Where relative files of the scenarios' images are. */
const FILES = scenarioFolders().find((folder) => folder.endsWith('ubuntu-2404-arm64')) ?? '';

/** A run folder keeps artifacts on disk; those of the scenarios are kept in memory. */
const FORGETFUL: Artifacts = {
  save: async () => {},
  load: async () => undefined,
  saveFiles: async (_image, folder) => folder,
  log: async () => {},
};

/** Whose AMIs the images come from: those of the scenarios again and again, or each one of its own with a disk of its own. */
export type Sources = 'alike' | 'own';

/** Plans so many images as `regild plan` does, in a sandbox of its own. Throws when one of them does not get to its plan. */
export async function planFleet(images: number, sources: Sources = 'alike'): Promise<PlannedFleet> {
  const snapshots = sources === 'own' ? ownDisks(images) : {};
  const calls = { aws: 0, azure: 0 };
  const onExchange = (exchange: Exchange) => {
    calls[isAws(exchange) ? 'aws' : 'azure'] += 1;
  };
  return inSandbox(FILES, { onExchange, snapshots }, async ({ sandbox, context }) => {
    const specs = sources === 'own' ? ownFleet(images, sandbox) : fleetOf(images, scenarioFolders());
    spareMemory();
    const before = { ...calls };
    const start = performance.now();
    const reports = await runFleet(
      specs,
      { ...context, ports: { ...context.ports, artifacts: FORGETFUL } },
      { until: 'plan', resume: false, force: false, concurrency: 4 },
    );
    const milliseconds = performance.now() - start;
    const stuck = reports.find(({ outcome }) => outcome !== 'ready');
    if (stuck) throw new Error(`${stuck.image} is ${stuck.outcome}: ${stuck.issues.find(({ severity }) => severity === 'error')?.message}`);
    const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
    return { milliseconds, peakMiB, aws: calls.aws - before.aws, azure: calls.azure - before.azure };
  });
}

const GOLDEN = scenarioFolders().find((folder) => folder.endsWith('/golden')) ?? '';
const GOLDEN_DISK = Object.values(SEEDED_SNAPSHOTS)[0];

function ownDisks(images: number) {
  return Object.fromEntries(Array.from({ length: images }, (_, index) => [ownId('snap', index), GOLDEN_DISK ?? {}]));
}

function ownId(kind: 'ami' | 'snap', index: number): string {
  return `${kind}-${index.toString(16).padStart(17, 'f')}`;
}

/** AMIs that somebody made like the golden one, each found by a search for its name. */
function ownFleet(images: number, sandbox: Sandbox): readonly ImageSpec[] {
  return fleetOf(images, [GOLDEN]).map((spec, index) => {
    const name = `app-${index}-20261120`;
    const disk = {
      DeviceName: '/dev/sda1',
      Ebs: { SnapshotId: ownId('snap', index), VolumeSize: 20, VolumeType: 'gp3', Encrypted: false, DeleteOnTermination: true },
    };
    const ami = { ImageId: ownId('ami', index), Name: name, CreationDate: '2026-11-20T06:00:00.000Z', BlockDeviceMappings: [disk] };
    sandbox.change({ kind: 'ami-made', region: 'eu-west-1', like: 'web-golden-2026-10-01', ami });
    return { ...spec, source: { kind: 'search', owner: '123456789012', name: `app-${index}-*`, region: 'eu-west-1' } };
  });
}

/** EC2 and SSM, whose protocols post to the root of their host, and the blocks of disks. */
export function isAws(exchange: Parameters<typeof service>[0]): boolean {
  return ['AWS', 'EBS direct'].includes(service(exchange));
}

// Each size is measured in a process of its own, so that one peak of memory does not hide another.
if (import.meta.main)
  process.stdout.write(JSON.stringify(await planFleet(Number(process.argv[2]), process.argv[3] === 'own' ? 'own' : 'alike')));
