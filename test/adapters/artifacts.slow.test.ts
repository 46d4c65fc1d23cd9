import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createArtifacts } from '../../src/adapters/artifacts.ts';

test('a report that is longer than a text can be is told by its name, with what can be read instead', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regild-long-'));
  try {
    await writeFile(join(folder, 'report.json'), '');
    await truncate(join(folder, 'report.json'), 2 ** 29);
    await expect(createArtifacts(folder).load('.', 'Report')).rejects.toMatchObject({
      code: 'ARTIFACT_INVALID',
      message: `${join(folder, 'report.json')} is longer than one text can be (512 MiB)`,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
