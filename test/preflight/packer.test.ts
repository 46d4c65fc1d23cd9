import { expect, test } from 'vitest';
import { RegildError } from '../../src/errors.ts';
import type { Packer } from '../../src/ports.ts';
import { checkAzure } from '../../src/preflight/index.ts';
import { fakeContext } from '../fakes/context.ts';
import { aPlan } from '../fakes/values.ts';

const PLAN = aPlan({ engine: 'packer' });
const HERE: Partial<Packer> = { kind: 'program', version: async () => '1.16.0', plugin: async () => '2.6.3' };
const MISSING = new RegildError('PACKER_MISSING', 'the program packer is not HashiCorp Packer: there is none in PATH', {
  hint: 'install Packer',
});

/** What is told of Packer, in an Azure of which nothing can be read. */
async function told(packer: Partial<Packer>, plan = PLAN) {
  const { checks, issues } = await checkAzure(plan, fakeContext({ subscription: { locations: async () => undefined }, packer }));
  return {
    check: checks.filter(({ id }) => id === 'packer').map(({ status, detail }) => `${status}: ${detail}`),
    issues: issues.filter(({ code }) => code === 'PREFLIGHT_PACKER').map(({ severity, hint }) => ({ severity, hint })),
  };
}

test('Packer with a plugin that is new enough', async () => {
  expect(await told(HERE)).toEqual({ check: ['pass: Packer 1.16.0 with its azure plugin 2.6.3'], issues: [] });
});

test.each([
  [undefined, 'is not installed'],
  ['2.6.2', 'is 2.6.2, and 2.6.3 is needed'],
  ['2.5.9', 'is 2.5.9, and 2.6.3 is needed'],
  ['1.99.99', 'is 1.99.99, and 2.6.3 is needed'],
])('a plugin %s is fetched by the build, which is a warning', async (plugin, found) => {
  expect(await told({ ...HERE, plugin: async () => plugin })).toEqual({
    check: [`warn: the azure plugin of Packer 1.16.0 ${found}: the build fetches it from github.com before it writes anything`],
    issues: [{ severity: 'warning', hint: 'install it beforehand: packer plugins install github.com/hashicorp/azure' }],
  });
});

test.each(['2.6.10', '2.10.0', '3.0.0'])('plugin %s is new enough', async (plugin) => {
  expect((await told({ ...HERE, plugin: async () => plugin })).issues).toEqual([]);
});

test('no Packer, or an old one, is told beside what Azure says, before anything is written', async () => {
  const { issues } = await checkAzure(
    PLAN,
    fakeContext({ subscription: { locations: async () => undefined }, packer: { ...HERE, version: () => Promise.reject(MISSING) } }),
  );
  expect(issues.map(({ severity, code, message }) => `${severity} ${code}: ${message}`)).toEqual([
    `error PREFLIGHT_SUBSCRIPTION: the subscription ${PLAN.subscription} does not exist or is not visible to this identity`,
    `error PREFLIGHT_PACKER: ${MISSING.message}`,
  ]);
});

test('nobody asks for Packer where Image Builder builds, or where no program runs', async () => {
  expect(await told({}, aPlan({ engine: 'image-builder' }))).toEqual({ check: [], issues: [] });
  expect(await told({ kind: 'simulated' })).toEqual({ check: [], issues: [] });
});
