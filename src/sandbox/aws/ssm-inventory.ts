import * as z from 'zod';
import type { JsonObject } from '../http.ts';
import { AwsError } from './error.ts';
import type { Instance } from './machines.ts';

/** What Systems Manager collected of an instance: entries by type, for example `AWS:Application`; `AWS:InstanceInformation` is made of its platform. */
export interface InventorySeed {
  readonly platform: { readonly type: 'Linux' | 'Windows'; readonly name: string; readonly version: string };
  readonly entries: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

type Inventories = ReadonlyMap<string, InventorySeed>;
type Input = Readonly<Record<string, unknown>>;

/** Pages of both operations have at most 50 items (Systems Manager API reference). */
const MOST = 50;
const CAPTURED = '2026-11-20T06:00:00Z';
const SCHEMA = '1.0';

const Filter = z.object({ Key: z.string(), Values: z.array(z.string()).min(1).max(40), Type: z.string().default('Equal') });
const GetInventory = z.object({
  Filters: z.array(Filter).max(5).default([]),
  MaxResults: z.number().optional(),
  NextToken: z.string().optional(),
});
const ListEntries = z.object({
  InstanceId: z.string(),
  TypeName: z.string(),
  MaxResults: z.number().optional(),
  NextToken: z.string().optional(),
});

/** A member that a request lacks, as AWS says it. */
export function missing(member: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** The instances that report, each with `AWS:InstanceInformation`, which is what no `ResultAttributes` asks for. Throws InvalidFilter and InvalidNextToken. */
export function getInventory(input: Input, instances: readonly Instance[], inventories: Inventories): JsonObject {
  const { Filters, MaxResults, NextToken } = parsed(GetInventory, input);
  const known = instances.flatMap((instance) => {
    const seed = inventories.get(instance.id);
    return seed === undefined ? [] : [informationOf(instance, seed)];
  });
  const page = pageOf(
    known.filter((row) => Filters.every((filter) => passes(row, filter))),
    MaxResults,
    NextToken,
  );
  const entities = page.items.map((row) => ({
    Id: row.InstanceId,
    Data: {
      'AWS:InstanceInformation': {
        TypeName: 'AWS:InstanceInformation',
        SchemaVersion: SCHEMA,
        CaptureTime: CAPTURED,
        Content: [{ ...row }],
      },
    },
  }));
  return { Entities: entities, NextToken: page.next };
}

function informationOf({ id, state }: Instance, { platform }: InventorySeed) {
  return {
    AgentType: 'amazon-ssm-agent',
    AgentVersion: '3.3.2299.0',
    ComputerName: `${id}.example.internal`,
    InstanceId: id,
    InstanceStatus: state === 'running' ? 'Active' : state === 'terminated' ? 'Terminated' : 'Stopped',
    IpAddress: '10.0.0.5',
    PlatformName: platform.name,
    PlatformType: platform.type,
    PlatformVersion: platform.version,
    ResourceType: 'EC2Instance',
  };
}

function passes(row: Readonly<Record<string, string>>, { Key, Values, Type }: z.infer<typeof Filter>): boolean {
  const [, attribute = ''] = /^AWS:InstanceInformation\.(\w+)$/.exec(Key) ?? [];
  const value = row[attribute];
  if (value === undefined) throw new AwsError('InvalidFilter', `The filter key ${Key} is not valid.`);
  switch (Type) {
    case 'Equal':
      return Values.includes(value);
    case 'NotEqual':
      return !Values.includes(value);
    case 'BeginWith':
      return Values.some((each) => value.startsWith(each));
    default:
      throw new AwsError('InvalidFilter', `The filter type ${Type} is not valid.`);
  }
}

/** The entries of one type; none where it was not collected. Throws InvalidInstanceId and InvalidNextToken. */
export function listInventoryEntries(input: Input, instances: readonly Instance[], inventories: Inventories): JsonObject {
  const { InstanceId, TypeName, MaxResults, NextToken } = parsed(ListEntries, input);
  const seed = instances.some(({ id }) => id === InstanceId) ? inventories.get(InstanceId) : undefined;
  if (seed === undefined) throw new AwsError('InvalidInstanceId', `${InstanceId} is not a managed instance.`);
  const page = pageOf(seed.entries[TypeName] ?? [], MaxResults, NextToken);
  return {
    ...{ TypeName, InstanceId, SchemaVersion: SCHEMA, CaptureTime: CAPTURED },
    Entries: page.items.map((row) => ({ ...row })),
    NextToken: page.next,
  };
}

function pageOf<Item>(
  items: readonly Item[],
  size = MOST,
  token?: string,
): { readonly items: readonly Item[]; readonly next: string | undefined } {
  if (!Number.isInteger(size) || size < 1 || size > MOST)
    throw new AwsError(
      'ValidationException',
      `Value '${size}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${MOST}`,
    );
  const [, from] = token === undefined ? ['', '0'] : (/^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? []);
  if (from === undefined) throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
  const end = Number(from) + size;
  return { items: items.slice(Number(from), end), next: end < items.length ? Buffer.from(`from:${end}`).toString('base64url') : undefined };
}

function parsed<Schema extends z.ZodType>(schema: Schema, input: Input): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [member] = result.error.issues[0]?.path ?? [];
  throw missing(String(member ?? 'input'));
}
