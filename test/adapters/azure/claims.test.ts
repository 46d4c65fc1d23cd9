import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClaims } from '../../../src/adapters/azure/claims.ts';
import { createLeftovers } from '../../../src/adapters/azure/leftovers/index.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import type { ClaimRef, Tags } from '../../../src/model/index.ts';
import type { Claims } from '../../../src/ports.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { type Connected, connectedTo } from './connected.ts';

let sandbox: Sandbox;
let cloud: Connected;
let claims: Claims;
let ref: ClaimRef;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 120 } });
  cloud = await connectedTo(sandbox);
  claims = createClaims(cloud.connection);
  ref = { subscription: sandbox.subscription, resourceGroup: 'rg-images', name: 'regild-gal-web-1.0.0' };
});
afterEach(() => sandbox.close());

const NEVER = () => false;
const by = (run: string) => ({ location: 'westeurope', tags: { 'regild-run': run, 'regild-deadline': '2026-11-22T08:15:02.000Z' } });
const isBy = (run: string) => (tags: Tags) => tags['regild-run'] === run;

test('of many that ask in the same moment one gets the claim, and the others are told who', async () => {
  const runs = ['a', 'b', 'c', 'd', 'e', 'f'];
  const answers = await Promise.all(runs.map((run) => claims.take(ref, by(run), NEVER)));
  const [winner] = runs.filter((_, index) => answers[index] === undefined);
  expect(answers).toEqual(runs.map((run) => (run === winner ? undefined : by(winner ?? '').tags)));
});

test('of many that find a claim free in the same moment one takes it over', async () => {
  await claims.take(ref, by('dead'), NEVER);
  const runs = ['a', 'b', 'c', 'd'];
  const answers = await Promise.all(runs.map((run) => claims.take(ref, by(run), isBy('dead'))));
  const [winner] = runs.filter((_, index) => answers[index] === undefined);
  expect(answers).toEqual(runs.map((run) => (run === winner ? undefined : by(winner ?? '').tags)));
});

test('only its owner deletes a claim, and what is being deleted is waited for', async () => {
  await claims.take(ref, by('a'), NEVER);
  await claims.release(ref, isBy('b'));
  expect(await claims.take(ref, by('b'), NEVER)).toEqual(by('a').tags);
  await claims.release(ref, isBy('a'));
  await claims.release(ref, isBy('a'));
  expect(await claims.take(ref, by('b'), NEVER)).toBeUndefined();
});

test('a claim that was taken although the answer was lost is the caller’s', async () => {
  sandbox.faults.add({ match: { method: 'PUT', path: '**/virtualMachineScaleSets/*' }, effect: { kind: 'lose-answer' }, times: 1 });
  const patient = createClaims((await connectedTo(sandbox, systemClock, 1)).connection);
  expect(await patient.take(ref, by('a'), isBy('a'))).toBeUndefined();
});

test('a claim that may not be made is told with the right that is missing', async () => {
  sandbox.faults.add({
    match: { method: 'PUT', path: '**/virtualMachineScaleSets/*' },
    effect: { kind: 'respond', status: 403, code: 'AuthorizationFailed', message: 'The client does not have authorization.' },
  });
  await expect(claims.take(ref, by('a'), NEVER)).rejects.toMatchObject({
    code: 'CLOUD_DENIED',
    message: expect.stringContaining(`not allowed to write the claim ${ref.name} (Microsoft.Compute/virtualMachineScaleSets/write on `),
  });
});

test('a sweep lists claims and deletes them', async () => {
  await claims.take(ref, by('a'), NEVER);
  const leftovers = createLeftovers(cloud.connection);
  const [claim] = await leftovers.resources(sandbox.subscription);
  expect(claim).toEqual({
    kind: 'build-claim',
    id: expect.stringMatching(`/virtualMachineScaleSets/${ref.name}$`),
    name: ref.name,
    tags: by('a').tags,
    deleting: false,
  });
  if (claim) await leftovers.remove(claim);
  expect(await claims.take(ref, by('b'), NEVER)).toBeUndefined();
});
