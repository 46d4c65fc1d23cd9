import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Descriptions, ProviderVersion } from './descriptions.ts';

/** The description with the common type of an operation's status, below `specification/`. */
export const COMMON_TYPES = 'common-types/resource-management/v5/types.json';

/**
 * Adds a description of the links that long-running operations are followed by (Azure-AsyncOperation): each provider answers them alike, with the
 * published OperationStatusResult and the operation's own `properties`, and none describes them (azure-resource-manager-rpc, async-api-reference).
 */
export function describeOperationStatus(descriptions: Descriptions, versions: ReadonlySet<ProviderVersion>): Descriptions {
  const folder = join(descriptions.directory, 'specification/operation-status');
  const written = [...versions].map((key) => {
    const [namespace = '', version = ''] = key.split(' ');
    const path = join(folder, namespace, version, 'status.json');
    mkdirSync(join(folder, namespace, version), { recursive: true });
    writeFileSync(path, JSON.stringify(description(namespace, version)));
    return path;
  });
  return { ...descriptions, swaggerPaths: [...descriptions.swaggerPaths, ...written] };
}

function description(namespace: string, version: string): object {
  const text = (name: string) => ({ name, in: 'path', required: true, type: 'string', description: name });
  const parameters = [
    ...['subscriptionId', 'location', 'operationId'].map(text),
    { name: 'api-version', in: 'query', required: true, type: 'string', description: 'version' },
  ];
  const output = { type: 'object', description: 'what the operation gives', additionalProperties: true };
  return {
    swagger: '2.0',
    info: { title: 'OperationStatus', version },
    host: 'management.azure.com',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: {
      [`/subscriptions/{subscriptionId}/providers/${namespace}/locations/{location}/operations/{operationId}`]: {
        get: {
          operationId: 'OperationStatus_Get',
          description: 'Status of an operation.',
          parameters,
          responses: { 200: { description: 'Its status.', schema: { $ref: '#/definitions/Status' } } },
        },
      },
    },
    definitions: {
      Status: { allOf: [{ $ref: `../../../${COMMON_TYPES}#/definitions/OperationStatusResult` }], properties: { properties: output } },
    },
  };
}
