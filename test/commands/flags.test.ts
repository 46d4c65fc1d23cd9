import { describe, expect, test } from 'vitest';
import { chooseClouds, SANDBOX_SUBSCRIPTION } from '../../src/commands/clouds.ts';
import { calledVerbs, createProgram } from '../../src/commands/program.ts';
import { RegildError } from '../../src/errors.ts';
import { aSpec } from '../fakes/values.ts';
import { fakeIo } from './fake-io.ts';

describe('flags that npm keeps for itself', () => {
  /** The options that the verb is left with when the command line has these words and npm these flags; USAGE as its message and hint. */
  const read = async (words: readonly string[], environment: Readonly<Record<string, string>>) => {
    const { io, stderr } = fakeIo('/', environment);
    const program = await createProgram({ verbs: calledVerbs(words), io, run: async () => {} });
    const failure = await program.parseAsync(words, { from: 'user' }).then(
      () => undefined,
      (error: unknown) => error,
    );
    const called = program.commands.find((one) => one.name() === words[0]);
    if (failure instanceof RegildError) return [failure.code, failure.message, failure.hint];
    return [called?.opts().dryRun, stderr()];
  };
  const npm = (flags: Readonly<Record<string, string>>) => ({
    npm_lifecycle_event: 'regild',
    ...Object.fromEntries(Object.entries(flags).map(([name, value]) => [`npm_config_${name}`, value])),
  });
  const NOTE = 'note  npm kept --dry-run for itself; it is honoured: nothing will be written\n';

  test.each([['build'], ['refresh'], ['sweep'], ['retire'], ['promote', 'web'], ['inspect', 'web', '--record', '2026.1121.0']])(
    '--dry-run of %s is honoured and said',
    async (...words) => {
      expect(await read(words, npm({ dry_run: 'true' }))).toEqual([true, NOTE]);
    },
  );

  test('what was given behind `--` too is not said again', async () => {
    expect(await read(['build', '--dry-run'], npm({ dry_run: 'true' }))).toEqual([true, '']);
  });

  test.each([
    [['report', 'html'], { format: 'true' }, '--format'],
    [['build', 'web'], { sandbox: 'true', dry_run: 'true' }, '--sandbox'],
    [['survey'], { from: 'a.json' }, '--from'],
    [['ci', 'matrix'], { changed_since: 'true' }, '--changed-since'],
    [['catalog', 'check'], { location: 'true' }, '--location'],
    [['sweep', '7d'], { older_than: 'true', staged: 'true' }, '--older-than and --staged'],
    [['inspect', 'web', '--write', 'web'], { dry_run: 'true' }, '--dry-run'],
  ])('%j with %j is refused with the right way to write it', async (words, flags, named) => {
    expect(await read(words, npm(flags))).toEqual([
      'USAGE',
      `npm kept ${named} for itself: the flag stands before \`--\``,
      `write: npm run regild -- … ${named.replace(' and ', ' … ')}`,
    ]);
  });

  test.each([
    ['outside of npm', ['build'], { npm_config_dry_run: 'true' }],
    ['an npmrc that says no', ['build'], npm({ dry_run: 'false', json: '' })],
    ['a flag of another verb', ['report'], npm({ dry_run: 'true', out: 'x' })],
    ['where npm keeps its cache', ['plan'], npm({ cache: '/root/.npm', prefix: '/usr' })],
    ['nothing', ['build'], npm({})],
  ])('%s changes nothing', async (_name, words, environment) => {
    expect(await read(words, environment)).toEqual([undefined, '']);
  });
});

describe('which clouds', () => {
  const inSubscription = (subscription: string) => aSpec({ target: { ...aSpec().target, subscription } });
  const [real, other, sandbox] = [inSubscription('real'), inSubscription('other'), inSubscription(SANDBOX_SUBSCRIPTION)];

  test.each([
    ['a real subscription', [real, other], false, {}, { kind: 'real', metadataUrl: undefined }],
    ["the sandbox's subscription", [sandbox], false, {}, { kind: 'sandbox', subscription: SANDBOX_SUBSCRIPTION }],
    ['--sandbox stands for a real one', [real], true, {}, { kind: 'sandbox', subscription: 'real' }],
    ['a sandbox in another process', [sandbox], false, { ARM_METADATA_URL: 'https://x' }, { kind: 'real', metadataUrl: 'https://x' }],
  ])('%s', (_name, specs, flag, environment, expected) => {
    expect(chooseClouds(specs, flag, environment)).toEqual(expected);
  });

  test('real and simulated images never share a run', () => {
    expect(() => chooseClouds([real, sandbox], false, {})).toThrow('exists in the sandbox only');
    expect(() => chooseClouds([real, other], true, {})).toThrow('the sandbox stands for one subscription at a time');
  });
});
