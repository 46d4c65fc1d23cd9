import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blocks, stagingName } from '../../src/model/index.ts';
import { inSandbox, scenarioSpec, walk } from './walk.ts';

const FOLDER = join(import.meta.dirname, 'ubuntu-2404-arm64');

test('Packer builds a TrustedLaunchSupported Arm64 image through a staging definition that holds nothing in the end', async () => {
  await inSandbox(FOLDER, {}, async (run) => {
    const { ports } = run.context;
    const report = await walk(scenarioSpec(FOLDER, { engine: 'packer' }), run);
    expect(report.issues.filter(blocks)).toEqual([]);
    expect(report.template?.issues.map(({ code }) => code)).toEqual(['PACKER_SIMULATED']);
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
