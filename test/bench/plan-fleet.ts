import { performance } from 'node:perf_hooks';
import { runFleet } from '../../src/fleet.ts';
import type { Artifacts } from '../../src/ports.ts';
import { service } from '../contract/exchanges.ts';
import { fleetOf, scenarioFolders } from '../scenarios/folders.ts';
import { inSandbox } from '../scenarios/walk.ts';

/** What planning a fleet took. The sandbox and its recording live in the same process, and are part of the memory. */
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

/** Plans so many images as `regild plan` does, in a sandbox of its own. Throws when one of them does not get to its plan. */
export async function planFleet(images: number): Promise<PlannedFleet> {
  return inSandbox(FILES, { record: true }, async ({ sandbox, context }) => {
    const specs = fleetOf(images, scenarioFolders());
    const before = sandbox.exchanges.length;
    const start = performance.now();
    const reports = await runFleet(
      specs,
      { ...context, ports: { ...context.ports, artifacts: FORGETFUL } },
      { until: 'plan', resume: false, force: false, concurrency: 4 },
    );
    const milliseconds = performance.now() - start;
    const stuck = reports.find(({ outcome }) => outcome !== 'ready');
    if (stuck) throw new Error(`${stuck.image} is ${stuck.outcome}: ${stuck.issues.find(({ severity }) => severity === 'error')?.message}`);
    const calls = sandbox.exchanges.slice(before);
    const aws = calls.filter(isAws).length;
    return { milliseconds, peakMiB: Math.round(process.resourceUsage().maxRSS / 1024), aws, azure: calls.length - aws };
  });
}

/** EC2 and SSM, whose protocols post to the root of their host, and the blocks of disks. */
export function isAws(exchange: Parameters<typeof service>[0]): boolean {
  return ['AWS', 'EBS direct'].includes(service(exchange));
}

// Each size is measured in a process of its own, so that one peak of memory does not hide another.
if (import.meta.main) process.stdout.write(JSON.stringify(await planFleet(Number(process.argv[2]))));
