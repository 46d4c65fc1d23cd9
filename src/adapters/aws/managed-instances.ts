import type { SSMClient } from '@aws-sdk/client-ssm';
import { compareText } from '../../model/index.ts';
import type { InstanceReport, ManagedInstances } from '../../ports.ts';
import { type AwsClients, type AwsOptions, awsClients } from './clients.ts';
import { asAws } from './errors.ts';
import { instancesOf } from './inventory.ts';

/** Most values of a filter (Systems Manager API reference, InventoryFilter), and most entries of a page (ListInventoryEntries). */
const MOST_VALUES = 40;
const PER_PAGE = 50;
/** Types of Systems Manager's own that say what is in a machine; the last three are of Windows. */
const LINUX_TYPES = ['AWS:Application'];
const WINDOWS_TYPES = ['AWS:Application', 'AWS:Service', 'AWS:WindowsRole', 'AWS:WindowsUpdate'];
/** Most pages that are read of one type: an inventory has at most 10,000 entries (InventoryItem). */
const MOST_PAGES = 10_000 / PER_PAGE;

/** Reads what Systems Manager's inventory holds of instances; nothing is started, and no instance is asked anything. */
export function createManagedInstances(options: AwsOptions = {}): ManagedInstances {
  const clients = awsClients(options);
  return {
    async report(of, region) {
      const ids = of.kind === 'instance' ? [of.id] : await madeFrom(clients, of.id, region);
      const information = ids.length === 0 ? undefined : await informationOf(clients, ids.slice(0, MOST_VALUES), region);
      const id = information?.InstanceId;
      if (information === undefined || id === undefined) return undefined;
      const types = information.PlatformType === 'Windows' ? WINDOWS_TYPES : LINUX_TYPES;
      const entries = await Promise.all(types.map(async (type) => [type, await entriesOf(clients, id, type, region)] as const));
      return { id, information, entries: Object.fromEntries(entries) };
    },
  };
}

async function madeFrom(clients: AwsClients, ami: string, region: string): Promise<readonly string[]> {
  return asAws({ doing: `list instances made from ${ami}`, action: 'ec2:DescribeInstances', region }, async () => {
    const found = await instancesOf(await clients.ec2(region), [ami]);
    return found.map(({ id }) => id).sort();
  });
}

type Row = InstanceReport['information'];

/** Of the instances that report, one that does so still where there is one. */
async function informationOf(clients: AwsClients, ids: readonly string[], region: string): Promise<Row | undefined> {
  return asAws({ doing: "read Systems Manager's inventory", action: 'ssm:GetInventory', region }, async () => {
    const { paginateGetInventory } = await import('./sdk-ssm.ts');
    const client = await clients.ssm(region);
    const filters = [{ Key: 'AWS:InstanceInformation.InstanceId', Values: [...ids], Type: 'Equal' as const }];
    const rows: Row[] = [];
    for await (const { Entities = [] } of paginateGetInventory({ client, pageSize: PER_PAGE }, { Filters: filters })) {
      rows.push(...Entities.flatMap(({ Data }) => Data?.['AWS:InstanceInformation']?.Content ?? []));
      if (rows.length >= MOST_VALUES) break;
    }
    const known = rows
      .filter(({ InstanceStatus }) => InstanceStatus !== 'Terminated')
      .sort((one, other) => compareText(one.InstanceId ?? '', other.InstanceId ?? ''));
    return known.find(({ InstanceStatus }) => InstanceStatus === 'Active') ?? known[0];
  });
}

async function entriesOf(clients: AwsClients, id: string, type: string, region: string): Promise<readonly Row[]> {
  return asAws({ doing: `read the inventory of ${id}`, action: 'ssm:ListInventoryEntries', region }, async () =>
    pagesOf(await clients.ssm(region), id, type),
  );
}

async function pagesOf(client: SSMClient, id: string, type: string): Promise<readonly Row[]> {
  const { ListInventoryEntriesCommand } = await import('./sdk-ssm.ts');
  const rows: Row[] = [];
  let next: string | undefined;
  let pages = 0;
  do {
    const { Entries, NextToken } = await client.send(
      new ListInventoryEntriesCommand({
        InstanceId: id,
        TypeName: type,
        MaxResults: PER_PAGE,
        ...(next !== undefined && { NextToken: next }),
      }),
    );
    rows.push(...(Entries ?? []));
    next = NextToken;
    pages += 1;
  } while (next !== undefined && pages < MOST_PAGES);
  return rows;
}
