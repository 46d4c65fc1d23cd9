import { expect, test } from 'vitest';
import { packerLosses } from '../../../src/engines/packer/losses.ts';
import type { BuildPlan } from '../../../src/model/index.ts';
import { armPlan, packerPlan, windowsPlan } from '../fixtures.ts';

const codes = (plan: BuildPlan) => packerLosses(plan).map(({ severity, code }) => `${severity} ${code}`);

test('everything in the Linux plan can be said', () => {
  expect(packerLosses(packerPlan())).toEqual([]);
});

test('a staging definition cannot be left', () => {
  expect(packerLosses(armPlan({ engine: 'packer', route: 'staging-definition', security: 'TrustedLaunchSupported' }))).toEqual([
    {
      severity: 'error',
      code: 'ROUTE_NOT_SUPPORTED',
      message: 'packer publishes to a staging definition but cannot copy from there to the TrustedLaunchSupported definition for arm64',
      hint: 'use `engine: image-builder`, or `security: Standard`',
      source: 'https://github.com/hashicorp/packer-plugin-azure/issues/304',
      image: 'edge-arm',
    },
  ]);
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
  expect(codes(plan)).toEqual(['error TOO_MANY_TAGS', 'error STEP_NOT_SUPPORTED', 'error SUBNET_INVALID']);
});
