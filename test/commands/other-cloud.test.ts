import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { inFolder, pointedAt } from './command-line.ts';
import { answer } from './in-process.ts';

const FLEET = await readFile(join(import.meta.dirname, 'fleet.yaml'), 'utf8');

test('what a rehearsal in the sandbox left in its folder is not published anywhere else', { timeout: 240_000 }, async () => {
  const elsewhere = await startSandbox({ record: true });
  try {
    await inFolder({ 'images.yaml': FLEET, 'ca.pem': elsewhere.caPem }, async (folder) => {
      const fast = { REGILD_SANDBOX_SPEED: '5000' };
      const id = '20261125t080000-abcd';
      const rehearsal = await answer(['build', 'web-golden', '--sandbox', '--run-id', id], { folder, environment: fast });
      expect(rehearsal.code).toBe(0);

      const again = await answer(['publish', 'web-golden', '--sandbox', '--resume', id], { folder, environment: fast });
      expect([again.code, again.stdout]).toEqual([2, expect.stringContaining(`run ${id} has built no version of web-golden`)]);

      const environment = pointedAt(elsewhere, join(folder, 'ca.pem'));
      const other = await answer(['publish', 'web-golden', '--resume', id], { folder, environment });
      expect([other.code, other.stderr]).toEqual([2, expect.stringContaining(`run ${id} was made in the cloud sandbox, and this is `)]);
    });
  } finally {
    await elsewhere.close();
  }
});
