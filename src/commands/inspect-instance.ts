import { createManagedInstances } from '../adapters/aws/managed-instances.ts';
import type { Catalog } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { onlyAws } from './clouds.ts';
import type { Io } from './command.ts';
import { withAws } from './connect-clouds.ts';
import { inspectInstance } from './contents.ts';
import type { Inspected } from './inspected.ts';

/** Which instance is meant. */
export interface InstanceSubject {
  readonly id: string;
  readonly region: string | undefined;
  readonly sandbox: boolean;
}

/** What Systems Manager's inventory says of an instance; the instance itself is not asked. Throws USAGE without a region, and INSTANCE_UNTOLD. */
export async function inspectManaged<Result>(
  { id, region, sandbox }: InstanceSubject,
  catalog: Catalog,
  io: Io,
  use: (inspected: Inspected) => Promise<Result>,
): Promise<Result> {
  if (!region) throw new RegildError('USAGE', `the region of ${id} is not given`, { hint: 'add --region, for example --region eu-west-1' });
  return withAws(onlyAws(sandbox), io, async (aws, simulated) => {
    const instances = createManagedInstances(aws);
    return use({ inventory: await inspectInstance({ kind: 'instance', id, region }, { instances, simulated }, catalog) });
  });
}
