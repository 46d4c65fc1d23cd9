import * as z from 'zod';
import { RegildError } from '../../../errors.ts';
import { get } from '../../get.ts';
import { oneLine } from '../../one-line.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a federated sign-in from GitHub Actions needs, as the runner and `azure/login` name it. */
export interface GithubFederation {
  readonly tenant: string;
  readonly clientId: string;
  readonly requestUrl: string;
  readonly requestToken: string;
}

/** The federation that the environment offers; undefined outside GitHub Actions, without `id-token: write`, or where a secret is set as well. */
export function githubFederation(environment: Environment): GithubFederation | undefined {
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: secret } = environment;
  const { ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = environment;
  return tenant && clientId && requestUrl && requestToken && !secret ? { tenant, clientId, requestUrl, requestToken } : undefined;
}

const Answer = z.object({ value: z.string().min(1) });

/** A fresh assertion for Entra ID. It lives for about five minutes, so every token request asks for its own. Throws CREDENTIALS_MISSING. */
export async function githubAssertion({ requestUrl, requestToken }: GithubFederation, send: typeof get = get): Promise<string> {
  try {
    const url = new URL(requestUrl);
    url.searchParams.set('audience', 'api://AzureADTokenExchange');
    const { status, body } = await send(url, { headers: { authorization: `Bearer ${requestToken}` } });
    if (status !== 200) throw new Error(`the token service answered ${status}`);
    return Answer.parse(JSON.parse(body)).value;
  } catch (error) {
    const said =
      error instanceof z.ZodError ? 'its answer holds no token' : oneLine(error instanceof Error ? error.message : String(error));
    throw new RegildError('CREDENTIALS_MISSING', `GitHub gave no identity token: ${said}`, {
      hint: 'the job needs `permissions: id-token: write`, and the app registration a federated credential for this repository',
      cause: error,
    });
  }
}
