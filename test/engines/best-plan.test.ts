import { describe, expect, test } from 'vitest';
import { imageBuilder } from '../../src/engines/image-builder/index.ts';
import { bestPlan } from '../../src/engines/index.ts';
import { packer } from '../../src/engines/packer/index.ts';
import type { BuildPlan, Engine, Provisioner } from '../../src/model/index.ts';
import { armPlan, linuxPlan, windowsPlan } from './fixtures.ts';

const ENGINES = { packer, 'image-builder': imageBuilder } as const;

const restart: Provisioner = { kind: 'restart', id: 'customize-1-restart', title: 'restart', phase: 'customize' };
const updates: Provisioner = { kind: 'updates', id: 'customize-1-updates', title: 'install all updates', phase: 'customize' };

/** The same plan for both engines. */
function both(plan: BuildPlan): readonly BuildPlan[] {
  return (['packer', 'image-builder'] as const satisfies readonly Engine[]).map((engine) => ({ ...plan, engine }));
}

function errorsOf(plan: BuildPlan): readonly string[] {
  return ENGINES[plan.engine].losses(plan).flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
}

describe('where the manifest leaves the engine open, the one builds that can do the most', () => {
  const linux = linuxPlan();
  const LONG = `${'d'.repeat(78)}`;
  test.each([
    ['Linux', linux, [], [], 'image-builder', 'both can do all of the plan, and the service needs nothing installed'],
    [
      'Windows with updates',
      windowsPlan({ provisioners: [updates] }),
      [],
      [],
      'image-builder',
      'both can do all of the plan, and the service needs nothing installed',
    ],
    [
      'Linux that is restarted',
      linuxPlan({ provisioners: [restart] }),
      [],
      ['RESTART_NOT_SUPPORTED'],
      'packer',
      'image-builder cannot restart a Linux build VM, as the step customize-1-restart asks',
    ],
    [
      'a definition of Trusted Launch',
      linuxPlan({ security: 'TrustedLaunch' }),
      [],
      ['SECURITY_NOT_SUPPORTED'],
      'packer',
      'image-builder cannot build a TrustedLaunch definition',
    ],
    [
      'no identity for the service',
      linuxPlan({ build: { ...linux.build, identity: undefined } }),
      [],
      ['IDENTITY_MISSING'],
      'packer',
      'image-builder needs a user-assigned identity to build web-golden',
    ],
    [
      'a name too long for a second definition',
      armPlan({ route: 'staging-definition', definition: { ...armPlan().definition, name: LONG } }),
      ['NAME_TOO_LONG'],
      [],
      'image-builder',
      `the definition ${LONG}-staging, which packer needs on the way to ${LONG}, has too long a name`,
    ],
    [
      'what neither can do',
      linuxPlan({
        security: 'TrustedLaunch',
        provisioners: [restart],
        tags: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`t${n}`, 'x'])),
      }),
      ['TOO_MANY_TAGS'],
      ['TOO_MANY_TAGS', 'SECURITY_NOT_SUPPORTED', 'RESTART_NOT_SUPPORTED'],
      'packer',
      'no engine can do all of the plan',
    ],
  ] as const)('%s', (_, plan, ofPacker, ofService, engine, reason) => {
    const plans = both(plan);
    expect(plans.map(errorsOf)).toEqual([ofPacker, ofService]);
    const best = bestPlan(plans);
    expect([best.engine, best.engineReason]).toEqual([engine, reason]);
    expect({ ...best, engineReason: undefined }).toEqual({ ...plans.find((one) => one.engine === engine), engineReason: undefined });
  });
});
