import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createArtifacts } from '../../src/adapters/artifacts.ts';

test('an artifact is a JSON file of the same text whatever its length, and nothing is left beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regild-artifacts-'));
  try {
    const report = {
      kind: 'Report',
      images: Array.from({ length: 30 }, (_, index) => ({ image: `ä-${index}`, text: 'ü'.repeat(10_000) })),
    };
    const artifacts = createArtifacts(folder);
    await artifacts.save('.', report);
    expect(await readdir(folder)).toEqual(['report.json']);
    expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe(`${JSON.stringify(report, null, 2)}\n`);
    expect(await artifacts.load('.', 'Report')).toEqual(report);
  } finally {
    await rm(folder, { recursive: true });
  }
});
