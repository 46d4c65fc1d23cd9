import type { TokenCredential } from '@azure/core-auth';
import { directAgent } from '../../direct-agent.ts';
import { type Environment, githubAssertion, githubFederation } from './github-assertion.ts';

/** As whom to speak to Azure. */
export type Identity =
  /** Whatever the machine offers: GitHub federation, environment variables, workload or managed identity, `az login`. */
  | { readonly kind: 'default'; readonly environment: Environment }
  | { readonly kind: 'client-secret'; readonly tenant: string; readonly clientId: string; readonly clientSecret: string };

export interface Authority {
  /** Address that issues tokens; for a `default` identity `AZURE_AUTHORITY_HOST` or the public cloud's when absent. */
  readonly authorityHost?: string | undefined;
  /** PEM of the certificate authority to trust instead of the well-known ones. */
  readonly ca?: string | undefined;
}

/** Authorities that Microsoft's own instance discovery knows; any other is taken at its word (learn.microsoft.com/entra: national clouds). */
const WELL_KNOWN = ['login.microsoftonline.com', 'login.microsoftonline.us', 'login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'];

/** A credential for the Azure SDKs; `@azure/identity` is loaded here, and no token is asked for before the first request. */
export async function createCredential(identity: Identity, authority: Authority = {}): Promise<TokenCredential> {
  const { ClientAssertionCredential, ClientSecretCredential, DefaultAzureCredential } = await import('@azure/identity');
  switch (identity.kind) {
    case 'client-secret':
      return new ClientSecretCredential(
        identity.tenant,
        identity.clientId,
        identity.clientSecret,
        settings(authority.authorityHost, authority.ca),
      );
    case 'default': {
      const options = settings(authority.authorityHost ?? identity.environment.AZURE_AUTHORITY_HOST, authority.ca);
      const github = githubFederation(identity.environment);
      if (!github) return new DefaultAzureCredential(options);
      return new ClientAssertionCredential(github.tenant, github.clientId, () => githubAssertion(github), options);
    }
  }
}

function settings(authorityHost: string | undefined, ca: string | undefined) {
  const known = authorityHost === undefined || WELL_KNOWN.includes(new URL(authorityHost).host);
  const agent = authorityHost === undefined ? undefined : directAgent(authorityHost, ca);
  return {
    ...(authorityHost !== undefined && { authorityHost }),
    ...(agent && { agent }),
    ...(ca !== undefined && { tlsOptions: { ca } }),
    disableInstanceDiscovery: !known,
  };
}
