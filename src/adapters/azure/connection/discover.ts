import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { RegildError } from '../../../errors.ts';
import { get } from '../../get.ts';
import { oneLine } from '../../one-line.ts';

/** What a cloud says of itself: its name, where Resource Manager answers, and where tokens are issued. Addresses have no slash at the end. */
export interface AzureCloud {
  readonly name: string;
  readonly arm: string;
  readonly authority: string;
  /** True when the cloud says of itself that it is a sandbox: what is made there is not real. */
  readonly simulated: boolean;
}

/** The public cloud, for when no other is asked for (learn.microsoft.com/azure/developer/identity: national clouds). */
export const PUBLIC_CLOUD: AzureCloud = {
  name: 'AzureCloud',
  arm: 'https://management.azure.com',
  authority: 'https://login.microsoftonline.com',
  simulated: false,
};

const Metadata = z.object({
  name: z.string(),
  resourceManager: z.url(),
  authentication: z.object({ loginEndpoint: z.url() }),
  simulated: z.boolean().optional(),
});

export interface Discovery {
  /** PEM to trust instead of the well-known authorities. */
  readonly ca?: string | undefined;
  /** Before it is asked for the second time; a second when absent. */
  readonly pauseMilliseconds?: number;
}

/**
 * Asks a sovereign cloud, an Azure Stack or the sandbox for its endpoints (`{url}/metadata/endpoints`, the address that `ARM_METADATA_URL` holds for
 * Packer and Terraform too). Asked four times. Throws CLOUD_UNREACHABLE.
 */
export async function discoverCloud(metadataUrl: string, options: Discovery = {}): Promise<AzureCloud> {
  try {
    const url = new URL(metadataUrl);
    if (url.protocol !== 'https:') throw new Error('the address must start with https://');
    const link = url.pathname.length > 1 ? url : new URL('/metadata/endpoints?api-version=2022-09-01', url);
    const { name, resourceManager, authentication, simulated = false } = Metadata.parse(await read(link, options));
    return { name, arm: withoutSlash(resourceManager), authority: withoutSlash(authentication.loginEndpoint), simulated };
  } catch (error) {
    const said =
      error instanceof z.ZodError ? 'the answer is not cloud metadata' : oneLine(error instanceof Error ? error.message : String(error));
    throw new RegildError('CLOUD_UNREACHABLE', `could not read cloud metadata from ${JSON.stringify(metadataUrl)}: ${said}`, {
      hint: 'check `ARM_METADATA_URL`; for a private certificate authority set `NODE_EXTRA_CA_CERTS`',
      cause: error,
    });
  }
}

/** How often is asked, as often as the SDK asks for everything else (one try, three more); and the pause before the second try, which doubles. */
const TRIES = 4;
const FIRST_PAUSE = 1_000;

/** Asks again where nobody answers, where the answer is cut off or somebody else's, and for 408, 429 and 5xx; any other status is the server's last word. */
async function read(link: URL, { ca, pauseMilliseconds = FIRST_PAUSE }: Discovery): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    const found = await attempt(link, ca);
    if (found.kind === 'answer') return found.metadata;
    if (!found.again || tries === TRIES) throw found.failure;
    await pause(pauseMilliseconds * 2 ** (tries - 1));
  }
}

type Attempt =
  | { readonly kind: 'answer'; readonly metadata: unknown }
  | { readonly kind: 'failure'; readonly failure: unknown; readonly again: boolean };

async function attempt(link: URL, ca: string | undefined): Promise<Attempt> {
  try {
    const { status, body } = await get(link, { ca });
    if (status === 200) return { kind: 'answer', metadata: JSON.parse(body) };
    return {
      kind: 'failure',
      failure: new Error(`the server answered ${status}`),
      again: status === 408 || status === 429 || status >= 500,
    };
  } catch (failure) {
    return { kind: 'failure', failure, again: !isCertificate(failure) };
  }
}

/** A certificate that is not trusted is not trusted a moment later either. */
function isCertificate(failure: unknown): boolean {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  return /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ALTNAME/.test(code);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
