import { AwsError } from './error.ts';
import { type QueryRequest, readList } from './query-request.ts';
import type { SandboxSnapshot } from './snapshots.ts';
import type { XmlValue } from './xml.ts';

/**
 * The content of `<DescribeSnapshotsResponse>` for snapshots by their ids: those of the account, those shared with it by their AMI, and public ones;
 * with `RestorableBy.1=all` public ones only. Throws InvalidSnapshot.NotFound, MissingParameter for a request without ids.
 */
export function describeSnapshots(request: QueryRequest, account: string, find: (id: string) => SandboxSnapshot | undefined): XmlValue {
  const ids = readList(request, 'SnapshotId');
  if (ids.length === 0) throw new AwsError('MissingParameter', 'the sandbox describes snapshots by their ids');
  const found = ids.map((id) => {
    const snapshot = find(id);
    if (!snapshot || !(snapshot.isPublic || snapshot.owner === account)) {
      throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${id}' does not exist.`);
    }
    return snapshot;
  });
  const openToAll = readList(request, 'RestorableBy').includes('all');
  return { snapshotSet: found.filter(({ isPublic }) => isPublic || !openToAll).map(toXml) };
}

function toXml({ id, owner, state, tier, encrypted, volumeGib, started }: SandboxSnapshot): XmlValue {
  return {
    snapshotId: id,
    ownerId: owner,
    status: state,
    storageTier: tier,
    encrypted: String(encrypted),
    volumeSize: String(volumeGib),
    startTime: started,
    progress: state === 'completed' ? '100%' : '40%',
  };
}
