import { createHttpHeaders, createPipelineRequest, type PipelineRequest } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { knownForms } from '../../../../src/adapters/azure/connection/known-forms.ts';
import { fieldsOf } from '../../../../src/adapters/azure/errors/index.ts';
import { toRegionStates } from '../../../../src/adapters/azure/gallery/to-version.ts';
import { toFeatures } from '../../../../src/adapters/azure/marketplace/to-image-facts.ts';

const COMPUTE = 'https://arm.example/subscriptions/s/providers/Microsoft.Compute';
const IN_GROUP = 'https://arm.example/subscriptions/s/resourceGroups/rg/providers';
const GALLERY = `${IN_GROUP}/Microsoft.Compute/galleries/gal`;
const TEMPLATE = `${IN_GROUP}/Microsoft.VirtualMachineImages/imageTemplates/it`;

/** What the SDK would take as it came, and what is told of it. */
const FOREIGN: readonly (readonly [url: string, body: string, fields: string])[] = [
  [`${GALLERY}/images/web/versions/1.0.0`, '{}', 'id, name, location, properties'],
  [`${GALLERY}/images/web/versions`, '{"value":{}}', 'value'],
  [
    `${GALLERY}/images/web/versions`,
    '{"value":[{"id":"/v","name":1,"location":"x","properties":null}]}',
    'value.0.name, value.0.properties',
  ],
  [
    `${GALLERY}/images/web`,
    '{"id":"/d","name":"web","location":"x","properties":{"osType":[],"osState":"Generalized"}}',
    'properties.osType, properties.identifier',
  ],
  [GALLERY, 'null', 'all of it'],
  [
    `${COMPUTE}/locations/x/usages`,
    '{"value":[{"name":{"value":[]},"currentValue":"1","limit":1e999}]}',
    'value.0.name.value, value.0.currentValue, value.0.limit',
  ],
  [
    `${COMPUTE}/skus`,
    '{"value":[{"resourceType":"virtualMachines","name":"D2","capabilities":[{"name":"vCPUs","value":2}]}]}',
    'value.0.capabilities.0.value',
  ],
  [`${COMPUTE}/locations/x/publishers/p/artifacttypes/vmimage/offers/o/skus/k/versions`, '{"value":[]}', 'all of it'],
  [`${COMPUTE}/locations/x/publishers/p/artifacttypes/vmimage/offers/o/skus/k/versions/1`, '[]', 'all of it'],
  [`${COMPUTE}/locations/x/operations/o1`, '{"status":{}}', 'status'],
  [
    `${IN_GROUP}/Microsoft.Compute/virtualMachineScaleSets/claim`,
    '{"id":"/c","name":"claim","location":"x","tags":{"regild-run":7}}',
    'tags.regild-run',
  ],
  [`${IN_GROUP}/Microsoft.Compute/virtualMachines/vm/instanceView`, '{"vmAgent":{"statuses":{}}}', 'vmAgent.statuses'],
  [
    TEMPLATE,
    '{"id":"/t","name":"it","location":"x","properties":{"provisioningState":7,"lastRunStatus":{"runState":[]}}}',
    'properties.provisioningState, properties.lastRunStatus.runState',
  ],
  [`${TEMPLATE}/runOutputs/web`, '{"properties":null}', 'properties'],
];

function answered(url: string, body: string, method: PipelineRequest['method'] = 'GET'): Promise<unknown> {
  const request = createPipelineRequest({ url, method });
  const next = async () => ({ request, status: 200, headers: createHttpHeaders(), bodyAsText: body });
  return knownForms().sendRequest(request, next);
}

test.each(FOREIGN)('GET %s: %s is told with its fields', async (url, body, fields) => {
  const failure = await answered(url, body).catch((error: unknown) => error);
  expect(fieldsOf(failure as Parameters<typeof fieldsOf>[0])).toBe(fields);
});

test('what regild does not read may be anything, and what it reads may be null where Azure may write that', async () => {
  const version = {
    id: '/v',
    name: '1.0.0',
    location: 'x',
    tags: null,
    properties: { provisioningState: 'Succeeded', publishingProfile: null },
  };
  await answered(`${GALLERY}/images/web/versions/1.0.0`, JSON.stringify({ ...version, more: [{}] }));
  await answered(`${GALLERY}/images/web/versions`, JSON.stringify({ value: [version], nextLink: null }));
  await answered(TEMPLATE, '{"id":"/t","name":"it","location":"x","properties":{}}');
  await answered(`${COMPUTE}/locations/x/usages`, '{"value":[{"name":{},"currentValue":1,"limit":2}]}');
  // The answer to a write is read again; the result of an operation is whatever it makes.
  await answered(`${GALLERY}/images/web/versions/1.0.0`, '{}', 'PUT');
  await answered(`${COMPUTE}/locations/x/operations/o1?monitor=true`, '{"value":[]}');
});

test('a list that is null is one without anything', () => {
  expect([toFeatures(null), toRegionStates(null)]).toEqual([[], []]);
});
