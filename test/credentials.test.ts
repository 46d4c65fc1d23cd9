import { expect, test } from 'vitest';
import { RegildError } from '../src/errors.ts';
import { runFleet } from '../src/fleet.ts';
import { fakeContext } from './fakes/context.ts';
import { aSpec } from './fakes/values.ts';

const NO_AWS = new RegildError('CREDENTIALS_MISSING', 'found no usable AWS credentials', { hint: 'run `aws sso login`' });
const NO_AZURE = new RegildError('CREDENTIALS_MISSING', 'found no Azure credential', { hint: 'run `az login`' });
const DOWN = new RegildError('CLOUD_UNREACHABLE', 'could not reach Azure');

/** What is said of an image that is planned where the clouds answer so, and how often Azure was asked. */
async function planned(aws: Error, azure: Error | undefined, until: 'analyze' | 'plan' = 'plan') {
  let asked = 0;
  const context = fakeContext({
    artifacts: { load: async () => undefined, save: async () => {} },
    ec2: { findAmi: () => Promise.reject(aws) },
    subscription: {
      locations: async () => {
        asked += 1;
        if (azure !== undefined) throw azure;
        return [];
      },
    },
  });
  const [report] = await runFleet([aSpec()], context, { until, resume: false, force: false, concurrency: 1 });
  return { exit: report?.exitCode, said: report?.issues.map(({ message, hint }) => `${message} | ${hint}`), asked };
}

const AWS = 'found no usable AWS credentials | run `aws sso login`';
const AZURE = 'found no Azure credential | run `az login`';

test('who is signed in to neither cloud is told both in one go', async () => {
  expect(await planned(NO_AWS, NO_AZURE)).toEqual({ exit: 4, said: [AZURE, AWS], asked: 1 });
});

test('keys that AWS refuses are told beside an identity that Azure refuses', async () => {
  const refused = new RegildError('CLOUD_DENIED', 'AWS refused ec2:DescribeImages', { hint: 'check the keys' });
  const denied = new RegildError('CLOUD_DENIED', 'not allowed to read', { hint: 'check the role' });
  const { said } = await planned(refused, denied);
  expect(said).toEqual(['not allowed to read | check the role', 'AWS refused ec2:DescribeImages | check the keys']);
});

test.each([
  ['Azure knows who asks', undefined],
  ['Azure does not answer', DOWN],
])('AWS alone is told where %s', async (_what, azure) => {
  expect(await planned(NO_AWS, azure)).toEqual({ exit: 4, said: [AWS], asked: 1 });
});

test('Azure is not asked where AWS fails otherwise, nor by a verb that needs AWS alone', async () => {
  const throttled = new RegildError('CLOUD_THROTTLED', 'AWS throttled the request', { hint: 'wait' });
  expect(await planned(throttled, NO_AZURE)).toMatchObject({ said: ['AWS throttled the request | wait'], asked: 0 });
  expect(await planned(NO_AWS, NO_AZURE, 'analyze')).toEqual({ exit: 4, said: [AWS], asked: 0 });
});
