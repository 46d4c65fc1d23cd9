import type { BlobRef, Blobs } from '../../ports.ts';
import type { AzureConnection } from './connection/index.ts';
import { asAzure, hasStatus, unlessMissing } from './errors/index.ts';

const DATA = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
/** A blob that is there already: to a condition that it must not be, the service answers either (learn.microsoft.com/rest/api/storageservices/put-blob). */
const EXISTED = [409, 412];

/**
 * Azure Blob Storage by its REST interface. A simulated cloud answers for every account below one address, `stand`; undefined = accounts answer at their own.
 */
export function createBlobs(connection: AzureConnection, stand: string | undefined): Blobs {
  const addressOf = ({ container, path }: BlobRef) => `${standIn(container, stand)}/${path.split('/').map(encodeURIComponent).join('/')}`;
  return {
    read: (ref) =>
      unlessMissing({ doing: `read ${ref.path} in ${ref.container}`, action: `${DATA}/read`, scope: ref.container }, () =>
        connection.blob(addressOf(ref)),
      ),
    create: (ref, content) =>
      asAzure({ doing: `write ${ref.path} into ${ref.container}`, action: `${DATA}/write`, scope: ref.container }, async () => {
        try {
          await connection.createBlob(addressOf(ref), content);
          return 'created';
        } catch (error) {
          if (EXISTED.some((status) => hasStatus(error, status))) return 'existed';
          throw error;
        }
      }),
  };
}

/** `https://<account>.blob.core.windows.net/<container>` as `<stand>/<account>/<container>`. */
function standIn(container: string, stand: string | undefined): string {
  const plain = container.replace(/\/+$/, '');
  if (stand === undefined) return plain;
  const { hostname, pathname } = new URL(plain);
  return `${stand}/${hostname.split('.')[0]}${pathname}`;
}
