import { describe, expect, test } from 'vitest';
import { chooseClouds, SANDBOX_SUBSCRIPTION } from '../../src/commands/clouds.ts';
import { withSwallowedFlags } from '../../src/commands/swallowed-flags.ts';
import { aSpec } from '../fakes/values.ts';

describe('flags that npm keeps for itself', () => {
  const read = (environment: Record<string, string>, flags = {}) => {
    const notes: string[] = [];
    const diagnostics = { write: (text: string) => notes.push(text) } as unknown as NodeJS.WriteStream;
    return { flags: withSwallowedFlags(flags, { environment, diagnostics }), notes };
  };

  test('--dry-run is honoured and said', () => {
    const { flags, notes } = read({ npm_lifecycle_event: 'build-image', npm_config_dry_run: 'true' });
    expect(flags).toEqual({ dryRun: true });
    expect(notes).toEqual(['note  npm kept --dry-run for itself; it is honoured: nothing will be written\n']);
  });

  test.each(['sandbox', 'json', 'force', 'resume'])('--%s is refused with the right way to write it', (flag) => {
    expect(() => read({ npm_lifecycle_event: 'build-image', [`npm_config_${flag}`]: 'true', npm_config_dry_run: 'true' })).toThrow(
      `npm kept --${flag} for itself: the flag stands before \`--\``,
    );
  });

  test.each([
    ['outside of npm', { npm_config_dry_run: 'true' }],
    ['an npmrc that says no', { npm_lifecycle_event: 'build-image', npm_config_dry_run: 'false', npm_config_json: '' }],
    ['nothing', { npm_lifecycle_event: 'build-image' }],
  ])('%s changes nothing', (_name, environment) => {
    expect(read(environment as Record<string, string>)).toEqual({ flags: {}, notes: [] });
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
