import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packer } from '../../src/engines/packer/index.ts';
import { armPlan, fakeAssets, packerPlan, windowsPlan } from '../engines/fixtures.ts';

const PLANS = {
  linux: packerPlan(),
  arm: armPlan({ engine: 'packer' }),
  windows: windowsPlan({ engine: 'packer', security: 'TrustedLaunch' }),
};

/** Terraform formats HCL as Packer does: both print it with hclwrite. */
const installed = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;

test.skipIf(!installed)('the rendered HCL is as a formatter of its makers leaves it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'format-'));
  try {
    for (const [name, plan] of Object.entries(PLANS)) {
      const files = (await packer.render(plan, fakeAssets())).filter(({ path }) => path.endsWith('.hcl'));
      for (const { path, content } of files) await writeFile(join(folder, `${name}-${path}.tf`), content);
    }
    expect(
      execFileSync('terraform', ['fmt', '-list=true', '-write=false', '-diff', folder], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ).toBe('');
  } finally {
    await rm(folder, { recursive: true });
  }
});
