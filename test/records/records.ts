import type { ImageReport, Report, ReportedPlan } from '../../src/model/index.ts';
import { reportedPlan } from '../../src/model/index.ts';
import { aPlan } from '../fakes/values.ts';

export const VERSION_ID =
  '/subscriptions/sub/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/gal/images/web/versions/2026.1121.0';
export const SHA = 'a'.repeat(64);

/** A plan as a report holds it, with a script, a file and two steps. */
export function aReportedPlan(change: Partial<ReportedPlan> = {}): ReportedPlan {
  const plan = reportedPlan(
    aPlan({
      guestScripts: [{ path: 'scripts/linux/boot.sh', sha256: SHA }],
      guestFiles: [{ path: 'components.tsv', content: 'hello' }],
      provisioners: [
        {
          kind: 'download',
          id: 'step-1',
          phase: 'customize',
          title: 'download a tool',
          url: 'https://example.com/t.tgz',
          to: '/opt/t.tgz',
          sha256: SHA,
        },
        { kind: 'packages', id: 'step-2', phase: 'customize', title: 'install nginx', names: ['nginx'] },
      ],
    }),
  );
  return { ...plan, ...change };
}

/** An image that was published, as its report says. */
export function aPublishedReport(change: Partial<ImageReport> = {}): ImageReport {
  const plan = change.plan ?? aReportedPlan();
  const common = { schemaVersion: 1, image: 'web', issues: [] } as const;
  return {
    ...common,
    kind: 'ImageReport',
    outcome: 'published',
    exitCode: 0,
    stage: 'publish',
    plan,
    template: {
      ...common,
      kind: 'RenderedTemplate',
      engine: 'image-builder',
      digest: plan.digest,
      files: [{ path: 'template.json', bytes: 2, sha256: SHA }],
    },
    build: {
      ...common,
      kind: 'BuildResult',
      engine: 'image-builder',
      engineVersion: '2025-10-01',
      runId: '20261121t081502-3f9a',
      versionId: VERSION_ID,
      version: '2026.1121.0',
      started: '2026-11-21T08:15:02.000Z',
      finished: '2026-11-21T09:15:02.000Z',
      simulated: false,
    },
    published: {
      ...common,
      kind: 'GalleryVersion',
      versionId: VERSION_ID,
      version: '2026.1121.0',
      promoted: true,
      regions: [],
      tags: {},
      simulated: false,
    },
    timings: {},
    ...change,
  };
}

/** What is kept of one image: the report of a run with it alone. */
export function aKeptReport(change: Partial<ImageReport> = {}): Report {
  return {
    kind: 'Report',
    schemaVersion: 1,
    runId: '20261121t081502-3f9a',
    tool: { name: 'regild', version: '1.2.3' },
    command: 'build',
    started: '2026-11-21T08:15:02.000Z',
    finished: '2026-11-21T10:15:02.000Z',
    clouds: { aws: 'AWS', azure: 'AzureCloud', simulated: false },
    images: [aPublishedReport(change)],
    issues: [],
  };
}
