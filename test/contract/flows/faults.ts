import type { Fault } from '../../../src/sandbox/faults.ts';
import type { Flow } from '../record.ts';
import { expectOutcome } from './expect.ts';

/** Walks that a fault meets, each in its own stage, with the words in which regild must report it. */
export const FAULTS: readonly Flow[] = [
  meeting('a region fails once', undefined, {
    match: { method: 'PUT', path: '**/versions/*' },
    effect: { kind: 'fail-region', region: 'westeurope' },
  }),
  meeting('the service is busy, then well', undefined, {
    match: { path: '**/skus' },
    effect: { kind: 'respond', status: 429, code: 'OperationNotAllowed', message: 'too many requests', retryAfter: 0 },
  }),
  meeting('a region fails for good', /westeurope/, {
    match: { method: 'PUT', path: '**/versions/*' },
    times: 99,
    effect: { kind: 'fail-region', region: 'westeurope' },
  }),
  meeting('an image template run fails', /a customizer failed/, {
    match: { method: 'POST', path: '**/run' },
    effect: { kind: 'fail-operation', code: 'BuildFailed', message: 'a customizer failed' },
  }),
  meeting('a test VM does not boot', /the agent never reported/, {
    match: { method: 'PUT', path: '**/virtualMachines/*' },
    effect: { kind: 'fail-operation', code: 'OSProvisioningTimedOut', message: 'the agent never reported' },
  }),
  meeting('checks print nothing', /^check /, { match: { method: 'POST', path: '**/runCommand' }, effect: { kind: 'drop-output' } }),
  meeting('a gallery version cannot be written', /the replica is lost/, {
    match: { method: 'PUT', path: '**/versions/*' },
    times: 99,
    effect: { kind: 'fail-operation', code: 'InternalError', message: 'the replica is lost' },
  }),
  meeting('the identity may not read quota', /usages\/read|quota/, {
    match: { path: '**/usages' },
    effect: { kind: 'respond', status: 403, code: 'AuthorizationFailed', message: 'no' },
  }),
];

/** A walk that ends published in spite of a fault, or fails with an error of these words. */
function meeting(name: string, words: RegExp | undefined, fault: Fault): Flow {
  return {
    name,
    scenario: 'golden',
    options: { faults: [fault] },
    walk: (run, folder) => expectOutcome(run, folder, words ? 'failed' : 'published', words),
  };
}
