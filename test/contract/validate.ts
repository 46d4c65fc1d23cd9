import type { LiveResult, LiveValidator } from 'oav/dist/lib/liveValidation/liveValidator.js';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import type { Descriptions } from './descriptions.ts';

/** One thing in which a request or an answer differs from its description. */
export interface Problem {
  readonly side: 'request' | 'response';
  readonly code: string;
  readonly message: string;
  /** Where in the body, for example `/properties/hardwareProfile/vmSize`. */
  readonly at: string;
}

export interface Verdict {
  /** `VirtualMachines_Get 2026-04-01`; undefined when no description has such an operation. */
  readonly operation: string | undefined;
  readonly problems: readonly Problem[];
}

export type Validate = (exchange: Exchange) => Promise<Verdict>;

/** A validator over these descriptions; they are loaded as they are needed. */
export async function createValidator({ directory, swaggerPaths }: Descriptions): Promise<Validate> {
  const { LiveValidator } = await import('oav/dist/lib/liveValidation/liveValidator.js');
  const lazily = { loadValidatorInBackground: false, loadValidatorInInitialize: false };
  // Whatever it logs is in its results too.
  const validator = new LiveValidator({ directory, swaggerPaths: [...swaggerPaths], ...lazily, isArmCall: true }, () => undefined);
  await validator.initialize();
  return (exchange) => validate(validator, exchange);
}

async function validate(validator: LiveValidator, exchange: Exchange): Promise<Verdict> {
  const { liveRequest, liveResponse } = structuredClone(exchange);
  const pair = { liveRequest: { ...liveRequest, url: describedUrl(liveRequest.url) }, liveResponse };
  const { requestValidationResult: request, responseValidationResult: response } = await validator.validateLiveRequestResponse(pair);
  const { operationId, apiVersion } = request.operationInfo;
  return {
    operation: request.runtimeException ? undefined : `${operationId} ${apiVersion}`,
    problems: [...problemsOf('request', request), ...problemsOf('response', response)],
  };
}

/** The read of a resource provider is described with its namespace as a parameter; the validator files that under a name of its own. */
function describedUrl(url: string): string {
  return url.replace(/(\/subscriptions\/[^/]+\/providers\/)[^/?]+(?=\?|$)/i, '$1Microsoft.Unknown');
}

/** A judgement that could not be made is a problem too. */
function problemsOf(side: Problem['side'], { isSuccessful, errors, runtimeException }: LiveResult): readonly Problem[] {
  if (isSuccessful === true) return [];
  const found = errors.map(({ code, message, pathsInPayload }) => ({ side, code, message, at: pathsInPayload.join(', ') }));
  const { code, message } = runtimeException ?? { code: 'NOT_JUDGED', message: 'the validator gave no result' };
  return found.length > 0 ? found : [{ side, code, message, at: '' }];
}
