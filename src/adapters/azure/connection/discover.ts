import { z } from 'zod';
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

/**
 * Asks a sovereign cloud, an Azure Stack or the sandbox for its endpoints (`{url}/metadata/endpoints`, the address that `ARM_METADATA_URL` holds for
 * Packer and Terraform too). `ca` is the PEM to trust instead of the well-known ones. Throws CLOUD_UNREACHABLE.
 */
export async function discoverCloud(metadataUrl: string, ca?: string): Promise<AzureCloud> {
  try {
    const url = new URL(metadataUrl);
    if (url.protocol !== 'https:') throw new Error('the address must start with https://');
    const link = url.pathname.length > 1 ? url : new URL('/metadata/endpoints?api-version=2022-09-01', url);
    const { name, resourceManager, authentication, simulated = false } = Metadata.parse(await read(link, ca));
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

async function read(link: URL, ca: string | undefined): Promise<unknown> {
  const { status, body } = await get(link, { ca });
  if (status !== 200) throw new Error(`the server answered ${status}`);
  return JSON.parse(body);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
