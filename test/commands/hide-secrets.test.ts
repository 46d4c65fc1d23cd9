import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Io } from '../../src/commands/command.ts';
import { hidingSecrets } from '../../src/commands/hide-secrets.ts';

test('neither results nor diagnostics show what the environment keeps secret, whatever leads there', async () => {
  const printed: string[] = [];
  const diagnostics = Object.assign(new PassThrough(), { columns: 80 });
  const io = {
    environment: { DB_PASSWORD: 'hunter2hunter2', CITY: 'Dublin-North' },
    out: (said: string) => printed.push(said),
    diagnostics,
  };
  const hiding = hidingSecrets(io as unknown as Io);
  hiding.out('hunter2hunter2 of Dublin-North');
  hiding.diagnostics.write('login hunter2hunter2\n');
  expect(hiding.diagnostics.columns).toBe(80);
  hiding.diagnostics.end(Buffer.from('end'));
  expect([printed, await text(diagnostics)]).toEqual([['*** of Dublin-North'], 'login ***\nend']);
});
