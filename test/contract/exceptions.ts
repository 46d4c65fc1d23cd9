import type { Exchange } from '../../src/sandbox/exchange.ts';
import type { Problem } from './validate.ts';

/** A difference from the descriptions that is right all the same. The list is printed with every run. */
export interface Exception {
  readonly what: string;
  readonly reason: string;
  readonly covers: (problem: Problem, exchange: Exchange) => boolean;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    what: 'sizes of VMs that the description does not list',
    reason: 'the description itself calls its list deprecated: sizes differ by region and come from Microsoft.Compute/skus',
    covers: ({ code, at, message }) =>
      code === 'ENUM_MISMATCH' && at.endsWith('/properties/hardwareProfile/vmSize') && /: Standard_[A-Za-z0-9_]+$/.test(message.trim()),
  },
  {
    what: 'errors that Resource Manager answers in place of a provider',
    reason: 'descriptions of before 2021 declare no errors; the body must be an ARM error all the same',
    covers: ({ code }, { liveResponse }) =>
      code === 'INVALID_RESPONSE_CODE' && Number(liveResponse.statusCode) >= 400 && isArmError(liveResponse.body),
  },
  {
    what: 'providers that this set of descriptions does not have',
    reason: 'they are read, and little of them; a clone of azure-rest-api-specs has them, and there they are judged',
    covers: ({ code, message }) => code === 'OPERATION_NOT_FOUND_IN_CACHE_WITH_PROVIDER' && NOT_DESCRIBED.test(message),
  },
];

/** Rights, policies, identities, who uses an image, and the storage account that holds the log of a failed build. */
const NOT_DESCRIBED = /"microsoft\.(?:authorization|policyinsights|managedidentity|resourcegraph|storage|keyvault|containerinstance)"/;

function isArmError(body: unknown): boolean {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}
