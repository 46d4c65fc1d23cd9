import type { Cloud, HttpRequest, HttpResponse, JsonObject } from '../http.ts';
import { AwsError } from './error.ts';
import { machinesIn } from './machines.ts';
import { credentialScope } from './signature.ts';
import { getInventory, type InventorySeed, listInventoryEntries, missing } from './ssm-inventory.ts';
import type { AwsWorld } from './world.ts';

const TARGET = 'AmazonSSM.';

/** AWS Systems Manager, protocol JSON 1.1: GetParameter for the public parameters that name an AMI, and the inventory of instances that report. */
export function ssmCloud(world: AwsWorld, inventories: ReadonlyMap<string, InventorySeed>, nextGuid: () => string): Cloud {
  return {
    accepts: ({ method, headers }) => method === 'POST' && (headers['x-amz-target'] ?? '').startsWith(TARGET),
    handle(request) {
      try {
        return json(200, nextGuid(), perform(request, world, inventories));
      } catch (error) {
        if (error instanceof AwsError) return refuse(error, nextGuid());
        throw error;
      }
    },
    error: (status, code, message) => refuse(new AwsError(code, message, status), nextGuid()),
  };
}

function perform(request: HttpRequest, world: AwsWorld, inventories: ReadonlyMap<string, InventorySeed>): JsonObject {
  const names = world.regions.map(({ name }) => name);
  const { region } = credentialScope(request.headers.authorization, names, 'ssm');
  const operation = request.headers['x-amz-target']?.slice(TARGET.length);
  const input = bodyOf(request.text);
  const reporting = machinesIn(world.machines, region).instances.filter(({ id }) => inventories.has(id));
  switch (operation) {
    case 'GetParameter':
      return getParameter(input, region, world);
    case 'GetInventory':
      return getInventory(input, reporting, inventories);
    case 'ListInventoryEntries':
      return listInventoryEntries(input, reporting, inventories);
    default:
      throw new AwsError('UnknownOperationException', `the sandbox does not offer ${operation}`);
  }
}

function bodyOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch {
    // Told below.
  }
  throw new AwsError('SerializationException', 'the body is not a JSON object');
}

function getParameter({ Name: name }: Readonly<Record<string, unknown>>, region: string, world: AwsWorld): JsonObject {
  if (typeof name !== 'string') throw missing('name');
  const value = world.parameters.get(region)?.get(name);
  if (value === undefined) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
  return { Parameter: parameter(name, value, region) };
}

function parameter(name: string, value: string, region: string): JsonObject {
  return {
    ARN: `arn:aws:ssm:${region}::parameter${name}`,
    DataType: 'text',
    LastModifiedDate: Date.UTC(2026, 9, 15) / 1000,
    Name: name,
    Type: 'String',
    Value: value,
    Version: 1,
  };
}

function refuse({ code, message, status }: AwsError, requestId: string): HttpResponse {
  return json(status, requestId, { __type: code, message });
}

function json(status: number, requestId: string, body: JsonObject): HttpResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId }, body: JSON.stringify(body) };
}
