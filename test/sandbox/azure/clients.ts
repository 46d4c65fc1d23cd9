import { ComputeManagementClient } from '@azure/arm-compute';
import { ClientSecretCredential } from '@azure/identity';
import type { Sandbox } from '../../../src/sandbox/index.ts';

/** The real credential of the real SDK, pointed at a sandbox. */
export function credentialFor(
  { tenant, clientId, clientSecret, endpoints, caPem }: Sandbox,
  secret = clientSecret,
): ClientSecretCredential {
  return new ClientSecretCredential(tenant, clientId, secret, {
    authorityHost: endpoints.authority,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: caPem },
    retryOptions: { maxRetries: 0 },
  });
}

/** The real compute client, pointed at a sandbox. */
export function computeFor(sandbox: Sandbox): ComputeManagementClient {
  return new ComputeManagementClient(credentialFor(sandbox), sandbox.subscription, {
    endpoint: sandbox.endpoints.arm,
    tlsOptions: { ca: sandbox.caPem },
    credentials: { scopes: [`${sandbox.endpoints.arm}/.default`] },
    retryOptions: { maxRetries: 0 },
  });
}

/** Options of a long-running call that looks again at once. */
export const AT_ONCE = { updateIntervalInMs: 0 };
