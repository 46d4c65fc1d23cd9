import { describe, expect, test } from 'vitest';
import { afterFailure } from '../../../src/engines/packer/after-failure.ts';
import { RegildError } from '../../../src/errors.ts';
import type { Leftover, OnError } from '../../../src/model/index.ts';
import { fakeContext } from '../../fakes/context.ts';
import { packerPlan } from '../fixtures.ts';

const PLAN = packerPlan();
const NAME = 'regild-web-golden-run-1-mi8hdbxc';
const GROUP: Leftover = {
  kind: 'resource-group',
  id: `/${NAME}`,
  name: NAME,
  tags: { 'regild-deadline': '2026-11-22T08:15:02.000Z' },
  deleting: false,
  holds: ['Microsoft.Compute/virtualMachines'],
};
const FAILED = new RegildError('BUILD_FAILED', 'packer build failed: no');
const cancelled = (left: string) => new RegildError('CANCELLED', 'the Packer build was cancelled', { details: { left } });

interface Circumstances {
  readonly found?: readonly Leftover[] | Error;
  readonly onError?: OnError;
  readonly aborted?: true;
}

async function outcome(error: RegildError, { found = [], onError, aborted }: Circumstances = {}) {
  const did: string[] = [];
  const context = fakeContext({
    leftovers: {
      ofRun: async () => {
        did.push('looked');
        if (found instanceof Error) throw found;
        return found;
      },
      remove: async ({ name }) => void did.push(`removed ${name}`),
    },
  });
  const signal = aborted ? AbortSignal.abort() : context.run.signal;
  const result = await afterFailure(error, PLAN, 'mi8hdbxc', { ...context, run: { ...context.run, signal, onError } });
  return { result, did };
}

describe('a failed build', () => {
  test('after which Packer cleaned up is told as it is', async () => {
    expect(await outcome(FAILED)).toEqual({ result: FAILED, did: [] });
  });

  test('whose machine is kept is told with the group', async () => {
    const { result, did } = await outcome(FAILED, { found: [GROUP], onError: 'keep' });
    expect(did).toEqual(['looked']);
    expect(result).toMatchObject({
      message: FAILED.message,
      issues: [
        { code: 'KEPT_AFTER_FAILURE', message: expect.stringContaining(`the resource group ${NAME}, which holds 1 virtual machine`) },
      ],
    });
  });

  test('before there was a group keeps nothing', async () => {
    expect(await outcome(FAILED, { onError: 'keep' })).toEqual({ result: FAILED, did: ['looked'] });
  });

  test('for which Azure had no room keeps nothing: another size may be tried', async () => {
    const full = new RegildError('BUILD_FAILED', 'packer build failed: SkuNotAvailable: The requested VM size is currently not available');
    expect(await outcome(full, { found: [GROUP], onError: 'keep' })).toEqual({ result: full, did: ['looked', `removed ${NAME}`] });
  });

  test('that took too long leaves nothing, also where machines are kept: Packer was told to leave it', async () => {
    const late = new RegildError('TIMED_OUT', 'it takes long');
    expect(await outcome(late, { found: [GROUP], onError: 'keep', aborted: true })).toEqual({
      result: late,
      did: ['looked', `removed ${NAME}`],
    });
  });
});

describe('a cancelled build', () => {
  test.each(['nothing', 'cleaned'])('of which %s is left is told as it is', async (left) => {
    const error = cancelled(left);
    expect(await outcome(error, { aborted: true })).toEqual({ result: error, did: [] });
  });

  test('is looked for: nothing is left only where Azure says so', async () => {
    const { result } = await outcome(cancelled('unknown'), { aborted: true });
    expect(result).toMatchObject({
      code: 'CANCELLED',
      message: `the Packer build was cancelled; Azure has no resource group ${NAME}: nothing is left`,
      hint: undefined,
    });
  });

  test('has its group deleted where one stands', async () => {
    const { result, did } = await outcome(cancelled('everything'), { found: [GROUP], onError: 'keep', aborted: true });
    expect(did).toEqual(['looked', `removed ${NAME}`]);
    expect(result).toMatchObject({ message: `the Packer build was cancelled; Azure deletes its resource group ${NAME}` });
  });

  test('names the group where Azure does not answer', async () => {
    const { result } = await outcome(cancelled('unknown'), { found: new Error('no network'), aborted: true });
    expect(result).toMatchObject({
      message: `the Packer build was cancelled; its resource group ${NAME} may still stand: no network`,
      hint: '`regild sweep` deletes it when its deadline has passed; until then its machine costs by the hour',
    });
  });
});
