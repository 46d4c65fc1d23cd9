import * as z from 'zod';
import type { AzureConnection } from '../connection/index.ts';
import { asAzure, understood } from '../errors/index.ts';

/** Where the service says that the log of a failed run lies: by the address of the blob, or by the id of the storage account and the blob's path. */
export type LogPlace =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'account'; readonly account: string; readonly blob: string };

const ADDRESS = /https:\/\/\S+\/packerlogs\/\S+\/customization\.log/i;
const ACCOUNT =
  /(\/subscriptions\/\S+?\/storageAccounts\/[^/\s]+)\/blobServices\/default\/containers\/(packerlogs\/\S+\/customization\.log)/i;

/** Version of Microsoft.Storage that is asked for the account's addresses. */
const STORAGE_VERSION = '2023-05-01';

const Account = z.object({ properties: z.object({ primaryEndpoints: z.object({ blob: z.url() }) }) });

/** Reads the place of the log out of the message of a failed run; undefined when it names none. */
export function logPlace(message: string): LogPlace | undefined {
  const [, account, blob] = ACCOUNT.exec(message) ?? [];
  if (account !== undefined && blob !== undefined) return { kind: 'account', account, blob };
  const [address] = ADDRESS.exec(message) ?? [];
  return address === undefined ? undefined : { kind: 'address', address };
}

/** The log's text. Throws CLOUD_DENIED where the identity may not read the staging group's storage account: Owner and Contributor alone may not. */
export async function readBuildLog(connection: AzureConnection, place: LogPlace): Promise<string | undefined> {
  const address = place.kind === 'address' ? place.address : await addressOf(connection, place);
  return asAzure(
    {
      doing: 'read customization.log',
      action: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
      scope: place.kind === 'address' ? place.address : place.account,
    },
    () => connection.blob(address),
  );
}

async function addressOf(connection: AzureConnection, { account, blob }: Extract<LogPlace, { kind: 'account' }>): Promise<string> {
  const attempt = { doing: 'read the storage account of the build', action: 'Microsoft.Storage/storageAccounts/read', scope: account };
  const found = await asAzure(attempt, async () => (await connection.arm()).get(account, STORAGE_VERSION));
  return `${understood(Account, found, attempt).properties.primaryEndpoints.blob.replace(/\/+$/, '')}/${blob}`;
}
