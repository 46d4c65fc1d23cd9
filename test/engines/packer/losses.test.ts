import { expect, test } from 'vitest';
import { packerLosses } from '../../../src/engines/packer/losses.ts';
import type { BuildPlan } from '../../../src/model/index.ts';
import { armPlan, packerPlan, windowsPlan } from '../fixtures.ts';

const codes = (plan: BuildPlan) => packerLosses(plan).map(({ severity, code }) => `${severity} ${code}`);

test('everything in the Linux plan can be said', () => {
  expect(packerLosses(packerPlan())).toEqual([]);
});

test('a staging definition needs a name of its own that Azure takes', () => {
  const named = (length: number) => {
    const plan = armPlan({ engine: 'packer', route: 'staging-definition', security: 'TrustedLaunchSupported' });
    return { ...plan, definition: { ...plan.definition, name: 'n'.repeat(length) } };
  };
  expect(packerLosses(named(72))).toEqual([]);
  expect(packerLosses(named(73)).map(({ severity, code, image }) => [severity, code, image])).toEqual([
    ['error', 'NAME_TOO_LONG', 'edge-arm'],
  ]);
});

test('secrets without an identity', () => {
  const { identity: _, ...build } = packerPlan().build;
  const secrets = { DB: 'https://kv-images.vault.azure.net/secrets/db' };
  const provisioners = [{ kind: 'shell', id: 'deploy', title: 't', phase: 'customize', lines: ['deploy'], secrets }] as const;
  expect(codes(packerPlan({ provisioners }))).toEqual([]);
  expect(codes(packerPlan({ provisioners, build }))).toEqual(['error SECRETS_NEED_IDENTITY']);
});

test('Windows updates, a broken subnet and too many tags', () => {
  const tags = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`t${index}`, 'x']));
  const { build } = windowsPlan();
  const plan = windowsPlan({
    engine: 'packer',
    tags,
    build: { ...build, subnet: 'my-subnet' },
    provisioners: [{ kind: 'updates', id: 'customize-1-updates', title: 'install all updates', phase: 'customize' }],
  });
  expect(codes(plan)).toEqual(['error TOO_MANY_TAGS', 'error SUBNET_INVALID']);
});
