import { RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { createGallery } from '../../../../src/adapters/azure/gallery/index.ts';
import { createImageBuilder } from '../../../../src/adapters/azure/image-builder/index.ts';
import { cloud, type Reply } from './fake-cloud.ts';

const reset = new RestError('socket hang up', { code: 'ECONNRESET' });
const cut = new RestError('Error reading response as text: aborted', { code: 'PARSE_ERROR' });
const resolver = new RestError('getaddrinfo EAI_AGAIN arm.example', { code: 'EAI_AGAIN' });
const BUSY: Reply = { status: 503, body: { error: { code: 'ServerBusy', message: 'busy' } } };
const CONFLICT: Reply = { status: 409, body: { error: { code: 'Conflict', message: 'it is being changed' } } };
const REF = { subscription: 'sub', resourceGroup: 'rg', gallery: 'gal', definition: 'web', version: '1.0.0' };
const RETRIES = { maxRetries: 3, retryMilliseconds: 1 };

const version = (provisioningState: string, excludeFromLatest: boolean): Reply => ({
  status: 200,
  body: {
    id: '/v',
    name: '1.0.0',
    location: 'westeurope',
    properties: { provisioningState, publishingProfile: { excludeFromLatest, targetRegions: [] } },
  },
});

test.each([
  ['its answer is lost', [reset, CONFLICT, version('Succeeded', false)]],
  ['its answer is cut off', [cut, CONFLICT, version('Succeeded', false)]],
  ['a gateway gives up', [{ status: 502, text: '<html>' }, CONFLICT, version('Succeeded', false)]],
])('a promotion that is taken although %s is waited for, and asked for once more', async (_, puts) => {
  const { connection, seen } = cloud(
    {
      'PUT versions/1.0.0': puts,
      'GET versions/1.0.0': [
        version('Succeeded', true),
        version('Updating', false),
        version('Updating', false),
        version('Succeeded', false),
      ],
    },
    RETRIES,
  );
  expect(await createGallery(connection).setVersion(REF, { excludeFromLatest: false })).toMatchObject({ excludeFromLatest: false });
  expect([...seen]).toEqual([
    ['GET versions/1.0.0', 4],
    ['PUT versions/1.0.0', 3],
  ]);
});

test('a refusal of what was never sent before is what it says', async () => {
  const { connection, seen } = cloud({ 'PUT versions/1.0.0': [CONFLICT], 'GET versions/1.0.0': [version('Succeeded', true)] }, RETRIES);
  const promoted = createGallery(connection).setVersion(REF, { excludeFromLatest: false });
  await expect(promoted).rejects.toMatchObject({ code: 'PUBLISH_FAILED', details: { status: 409 } });
  expect(seen.get('PUT versions/1.0.0')).toBe(1);
});

const TAGS = { 'regild-digest': 'd' };
const OUTPUT = { type: 'SharedImage', galleryImageId: '/target', runOutputName: 'web' };
const BODY = { location: 'westeurope', tags: TAGS, identity: {}, properties: { distribute: [OUTPUT] } };
const IT = { subscription: 'sub', resourceGroup: 'rg', name: 'it' };
const template = (runState?: string): Reply => ({
  status: 200,
  body: {
    id: '/it',
    name: 'it',
    location: 'westeurope',
    identity: { type: 'None' },
    tags: TAGS,
    properties: {
      source: { type: 'PlatformImage' },
      provisioningState: 'Succeeded',
      distribute: [OUTPUT],
      ...(runState !== undefined && { lastRunStatus: { runState } }),
    },
  },
});
const GONE: Reply = { status: 404, body: { error: { code: 'NotFound', message: 'not found' } } };
const MADE: Reply = { status: 200, body: { properties: { artifactId: '/made' } } };
const TAKEN: Reply = { status: 202 };
const NO_RIVALS: Reply = { status: 200, body: { value: [] } };

test.each<[string, readonly Reply[], readonly Reply[], number]>([
  ['lost, and it runs', [reset], [template(), template('Running'), template('Succeeded')], 1],
  ['cut off, and it runs', [cut], [template(), template('Running'), template('Succeeded')], 1],
  ['a gateway’s, and it runs', [{ status: 504, text: '' }], [template(), template('Running'), template('Succeeded')], 1],
  ['lost, and it does not run', [reset, TAKEN], [template(), template(), template('Succeeded')], 2],
  ['a conflict, and it runs', [CONFLICT], [template(), template('Running'), template('Succeeded')], 1],
])('the answer to the request that begins a build is %s', async (_, posts, looks, begun) => {
  const { connection, seen } = cloud(
    {
      'POST it/run': posts,
      'GET imageTemplates/it': looks,
      'GET Microsoft.VirtualMachineImages/imageTemplates': [NO_RIVALS],
      'GET runOutputs/web': [MADE],
    },
    RETRIES,
  );
  expect(await createImageBuilder(connection).build(IT, BODY, {})).toBe('/made');
  expect(seen.get('POST it/run')).toBe(begun);
});

test('a template whose first answer was lost stands there, and is not written again', async () => {
  const { connection, seen } = cloud(
    {
      'PUT imageTemplates/it': [reset, CONFLICT],
      'GET imageTemplates/it': [GONE, template(), template(), template('Running'), template('Succeeded')],
      'GET Microsoft.VirtualMachineImages/imageTemplates': [NO_RIVALS],
      'POST it/run': [TAKEN],
      'GET runOutputs/web': [MADE],
    },
    RETRIES,
  );
  expect(await createImageBuilder(connection).build(IT, BODY, {})).toBe('/made');
  expect(seen.get('POST it/run')).toBe(1);
});

test.each<[string, Reply]>([
  ['cut off', cut],
  ['a page of a captive portal', { status: 200, text: '<html><title>Sign in</title></html>', headers: { 'content-type': 'text/html' } }],
  ['null', { status: 200, text: 'null' }],
  ['half of it', { status: 200, text: '{"id":"/v","properties":{' }],
  ['a text', { status: 200, text: '"moved"' }],
  ['not there, for no name is resolved', resolver],
])('an answer that is %s is asked for again', async (_, broken) => {
  const { connection, seen } = cloud({ 'GET versions/1.0.0': [broken, version('Succeeded', true)] }, RETRIES);
  expect(await createGallery(connection).version(REF)).toMatchObject({ name: '1.0.0' });
  expect(seen.get('GET versions/1.0.0')).toBe(2);
});

test('who only ever gets pages of somebody else cannot reach Azure, and is told what came', async () => {
  const { connection } = cloud(
    { 'GET versions/1.0.0': [{ status: 200, text: '<html>', headers: { 'content-type': 'text/html' } }] },
    RETRIES,
  );
  await expect(createGallery(connection).version(REF)).rejects.toMatchObject({
    code: 'CLOUD_UNREACHABLE',
    message:
      "could not reach Azure to read version 1.0.0 of web in the gallery gal: the answer is not Resource Manager's, or not whole (text/html)",
  });
});

test('before anything is written an outage is told at once, afterwards it is outlasted', async () => {
  const reading = cloud({ 'GET versions/1.0.0': [BUSY, version('Succeeded', true)] });
  await expect(createGallery(reading.connection).version(REF)).rejects.toMatchObject({ code: 'CLOUD_FAILED' });
  const writing = cloud({
    'GET versions/1.0.0': [version('Succeeded', true), BUSY, reset, version('Succeeded', false)],
    'PUT versions/1.0.0': [version('Succeeded', false)],
  });
  const gallery = createGallery(writing.connection);
  await gallery.setVersion(REF, { excludeFromLatest: false });
  expect(await gallery.version(REF)).toMatchObject({ excludeFromLatest: false });
  expect(writing.told).toEqual(['Azure does not answer', 'Azure answers again']);
});

test('an outage of more than an hour ends the wait once, however many outlast it', async () => {
  const { connection, seen } = cloud(
    { 'PUT versions/1.0.0': [version('Succeeded', false)], 'GET versions/1.0.0': [version('Succeeded', true), BUSY] },
    { pollMilliseconds: 600_000 },
  );
  await createGallery(connection).setVersion(REF, { excludeFromLatest: false });
  const waited = connection.outlast(undefined, () => createGallery(connection).version(REF));
  await expect(waited).rejects.toMatchObject({ code: 'CLOUD_FAILED' });
  expect(seen.get('GET versions/1.0.0')).toBe(1 + 7);
});

test('one wrong 404 makes neither a gallery nor a definition anew', async () => {
  const definition = {
    name: 'web',
    osType: 'Linux',
    osState: 'Generalized',
    generation: 'V2',
    architecture: 'x64',
    identifier: { publisher: 'p', offer: 'o', sku: 's' },
    features: [],
    description: '',
  } as const;
  const { generation: hyperVGeneration, name: _, ...properties } = definition;
  const { connection, seen } = cloud({
    'GET galleries/gal': [GONE, { status: 200, body: { id: '/g', name: 'gal', location: 'westeurope', properties: {} } }],
    'GET images/web': [
      GONE,
      { status: 200, body: { id: '/d', name: 'web', location: 'westeurope', properties: { ...properties, hyperVGeneration } } },
    ],
  });
  const gallery = createGallery(connection);
  expect(await gallery.ensureGallery(REF, 'westeurope', {})).toBe('existed');
  await gallery.createDefinition(REF, definition, 'westeurope', {});
  expect([...seen]).toEqual([
    ['GET galleries/gal', 2],
    ['GET images/web', 2],
  ]);
});
