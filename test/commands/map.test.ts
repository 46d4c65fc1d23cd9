import { Command } from 'commander';
import { expect, test } from 'vitest';
import type { Io } from '../../src/commands/command.ts';
import { mapVerb } from '../../src/commands/map.ts';

/** Runs `regild map` with these words. */
async function map(...words: readonly string[]): Promise<{ readonly out: string; readonly code: number | undefined }> {
  const printed: { out: string; code?: number } = { out: '' };
  const io: Pick<Io, 'out' | 'tell' | 'diagnostics' | 'environment'> = {
    environment: process.env,
    out: (text) => {
      printed.out += text;
    },
    tell: (text) => {
      printed.out += text;
    },
    diagnostics: { write: () => true } as unknown as NodeJS.WriteStream,
  };
  const program = new Command('map').exitOverride().configureOutput({ writeErr: () => {} });
  mapVerb(program, async (work) => {
    printed.code = await work(io as Io);
  });
  await program.parseAsync([...words], { from: 'user' });
  return { out: printed.out, code: printed.code };
}

test('each subject is a tree, in the order asked', async () => {
  const { out, code } = await map('m6g.2xlarge', 'gp3:100:3000', 'eu-west-1');
  expect(out.split('\n\n').map((tree) => tree.split('\n')[0])).toEqual([
    'm6g.2xlarge → Standard_D8ps_v6 (high confidence)',
    'gp3:100:3000 → data disk: Premium SSD v2, 100 GiB, 3,000 IOPS, 125 MB/s',
    'eu-west-1 (Ireland) → northeurope (high confidence)',
  ]);
  expect(code).toBe(0);
});

test('--json gives the same as data', async () => {
  const { out, code } = await map('eu-central-1', '--json');
  expect(JSON.parse(out).mappings).toEqual([
    {
      kind: 'region',
      subject: 'eu-central-1',
      mapping: {
        kind: 'region',
        aws: 'eu-central-1',
        place: 'Frankfurt',
        cloud: 'public',
        azure: 'germanywestcentral',
        alternatives: [{ location: 'germanynorth', remark: 'Berlin, restricted, no zones' }],
        reason: 'same city',
        confidence: 'high',
      },
    },
  ]);
  expect(code).toBe(0);
});

test('what is unknown is said, the rest is answered, and the exit code is 3', async () => {
  const { out, code } = await map('eu-west-1', 'm5.7xlarge');
  expect(out.split('\n\n').map((tree) => tree.split('\n')[0])).toEqual([
    'eu-west-1 (Ireland) → northeurope (high confidence)',
    'm5.7xlarge → unknown',
  ]);
  expect(code).toBe(3);
});

test('nothing asked is wrong use', async () => {
  await expect(map()).rejects.toThrow("missing required argument 'subjects'");
});
