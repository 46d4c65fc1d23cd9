import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BuildPlan, blocks, capturedVersion, runTags, stagingName } from '../../src/model/index.ts';
import type { Context, Packer } from '../../src/ports.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { connectedTo } from '../adapters/azure/connected.ts';
import { inSandbox, scenarioSpec, walk } from './walk.ts';

const FOLDER = join(import.meta.dirname, 'ubuntu-2404-arm64');

/** Packer as far as the gallery sees it: a version in the definition that the template names, with the run's tags. */
function capturing(sandbox: Sandbox, context: Context, saved: ReadonlyMap<string, unknown>): Packer {
  return {
    version: async () => '1.16.0',
    build: async () => {
      const plan = saved.get('ubuntu-2404-arm64/BuildPlan') as BuildPlan;
      const { resourceGroup, gallery, definition, version } = capturedVersion(plan);
      const { galleryImageVersions } = await (await connectedTo(sandbox)).connection.compute(plan.subscription);
      const source = { storageAccountId: '/storage', uri: 'https://x.blob.core.windows.net/vhds/web.vhd' };
      const body = {
        location: plan.location,
        tags: { ...plan.tags, ...runTags(context.run) },
        publishingProfile: { excludeFromLatest: true },
        storageProfile: { osDiskImage: { source } },
      };
      await galleryImageVersions.createOrUpdate(resourceGroup, gallery, definition, version, body, { updateIntervalInMs: 1 });
      return 'artifact';
    },
  };
}

test('Packer builds a TrustedLaunchSupported Arm64 image through a staging definition that holds nothing in the end', async () => {
  await inSandbox(FOLDER, {}, async ({ sandbox, context, saved, events }) => {
    const ports = { ...context.ports, packer: capturing(sandbox, context, saved) };
    const report = await walk(scenarioSpec(FOLDER, { engine: 'packer' }), { sandbox, context: { ...context, ports }, saved, events });
    expect(report.issues.filter(blocks)).toEqual([]);
    expect(report.template?.issues).toEqual([]);
    expect({ outcome: report.outcome, route: report.plan?.route, security: report.plan?.security }).toEqual({
      outcome: 'published',
      route: 'staging-definition',
      security: 'TrustedLaunchSupported',
    });
    const { target } = scenarioSpec(FOLDER);
    const staging = { ...target, definition: stagingName(target.definition) };
    expect(await ports.gallery.definition(staging)).toMatchObject({
      architecture: 'arm64',
      features: expect.arrayContaining([{ name: 'SecurityType', value: 'Standard' }]),
    });
    expect(await ports.gallery.versions(staging)).toEqual([]);
    expect(await ports.gallery.versions(target)).toMatchObject([{ name: report.build?.version, excludeFromLatest: false }]);
  });
});
