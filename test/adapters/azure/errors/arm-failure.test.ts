import { expect, test } from 'vitest';
import { readArmFailure } from '../../../../src/adapters/azure/errors/arm-failure.ts';

const UNKNOWN = { status: undefined, requestId: undefined, correlationId: undefined };

test('an ARM body is flattened, outermost first, each cause once', () => {
  const headers = new Map([
    ['x-ms-request-id', 'r-1'],
    ['x-ms-correlation-request-id', 'c-1'],
  ]);
  const inner = { code: 'SkuNotAvailable', message: 'The requested size is not available.', target: 'vmSize' };
  const details = {
    error: {
      code: 'DeploymentFailed',
      message: 'At least one operation failed.',
      details: [
        inner,
        inner,
        { code: 'Conflict', message: JSON.stringify({ error: { code: 'QuotaExceeded', message: 'No cores left.', details: [] } }) },
      ],
      innererror: { code: 'Deep', message: 'deeper' },
    },
  };
  const error = Object.assign(new Error('raw body'), { name: 'RestError', statusCode: 409, details, response: { headers } });
  expect(readArmFailure(error)).toEqual({
    name: 'RestError',
    code: 'DeploymentFailed',
    message: 'At least one operation failed.',
    causes: ['SkuNotAvailable: The requested size is not available.', 'QuotaExceeded: No cores left.', 'Deep: deeper'],
    innermost: ['SkuNotAvailable: The requested size is not available.', 'QuotaExceeded: No cores left.', 'Deep: deeper'],
    status: 409,
    requestId: 'r-1',
    correlationId: 'c-1',
  });
});

test('a failed long-running operation tells its code in the text', () => {
  const error = new Error('The long-running operation has failed. OSProvisioningTimedOut. OS Provisioning did not finish.\nSee the log.');
  expect(readArmFailure(error)).toEqual({
    ...UNKNOWN,
    name: 'Error',
    code: 'OSProvisioningTimedOut',
    message: 'OS Provisioning did not finish.\nSee the log.',
    causes: [],
    innermost: [],
  });
});

test.each([
  [new Error('The long-running operation has failed'), { code: undefined, message: 'The long-running operation has failed' }],
  [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }],
  [Object.assign(new Error('<html>'), { details: '<html>' }), { code: undefined, message: '<html>' }],
  [Object.assign(new Error('x'), { details: { error: 'invalid_grant' } }), { code: undefined, message: 'x' }],
  ['a string', { code: undefined, message: 'a string' }],
  [undefined, { code: undefined, message: 'undefined' }],
])('%s is read without a complaint', (error, read) => {
  expect(readArmFailure(error)).toEqual({ ...UNKNOWN, name: 'Error', causes: [], innermost: [], ...read });
});
