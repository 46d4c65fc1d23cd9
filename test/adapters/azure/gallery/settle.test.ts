import { expect, test } from 'vitest';
import { createGallery } from '../../../../src/adapters/azure/gallery/index.ts';
import { aPlan } from '../../../fakes/values.ts';
import { cloud, type Reply } from '../connection/fake-cloud.ts';

const REF = { subscription: 'sub', resourceGroup: 'rg', gallery: 'gal', definition: 'web' };
const WANTED = aPlan().definition;
const GONE: Reply = { status: 404, body: { error: { code: 'ResourceNotFound', message: 'not found' } } };

/** Of somebody's with what regild never writes: it has to be there afterwards. */
const definition = (provisioningState: string): Reply => ({
  status: 200,
  body: {
    id: '/d',
    name: 'web',
    type: 'Microsoft.Compute/galleries/images',
    location: 'westeurope',
    tags: { team: 'web' },
    properties: {
      provisioningState,
      description: 'made by hand',
      eula: 'https://example.com/eula',
      recommended: { vCPUs: { min: 2, max: 8 } },
      osType: 'Linux',
      osState: 'Generalized',
      hyperVGeneration: 'V2',
      architecture: 'x64',
      identifier: WANTED.identifier,
      features: WANTED.features,
    },
  },
});
const gallery = (provisioningState: string): Reply => ({
  status: 200,
  body: {
    id: '/g',
    name: 'gal',
    location: 'westeurope',
    tags: { team: 'web' },
    properties: {
      provisioningState,
      description: 'made by hand',
      identifier: { uniqueName: 'sub-GAL' },
      softDeletePolicy: { isSoftDeleteEnabled: true },
    },
  },
});

function written(replies: Parameters<typeof cloud>[0]) {
  const bodies: unknown[] = [];
  const fake = cloud(replies, { pollMilliseconds: 60_000, onBody: (body) => bodies.push(body) });
  return { ...fake, port: createGallery(fake.connection), bodies };
}

test.each([
  ['that is whole', [definition('Succeeded')], 1],
  ['that somebody makes', [definition('Creating'), definition('Creating'), definition('Succeeded')], 3],
  ['that somebody changes', [definition('Updating'), definition('Succeeded')], 2],
  ['that moves to another region', [definition('Migrating'), definition('Succeeded')], 2],
])('a definition %s is waited for and left as it is', async (_, looks, count) => {
  const { port, seen } = written({ 'GET images/web': looks });
  expect(await port.settleDefinition(REF)).toBe(true);
  expect([...seen]).toEqual([['GET images/web', count]]);
});

test('a definition that Azure left failed is written again with all that it has', async () => {
  const { port, seen, bodies } = written({ 'GET images/web': [definition('Failed')], 'PUT images/web': [definition('Succeeded')] });
  expect(await port.settleDefinition(REF)).toBe(true);
  expect(seen.get('PUT images/web')).toBe(1);
  const { tags, location, properties } = (definition('Failed') as { readonly body: ReturnType<typeof JSON.parse> }).body;
  const { provisioningState, ...kept } = properties;
  expect(bodies).toEqual([{ tags, location, properties: kept }]);
});

test('one that fails once more is told with what Azure says, and nothing is built on it', async () => {
  const refused: Reply = { status: 409, body: { error: { code: 'Conflict', message: 'the gallery is locked' } } };
  const { port } = written({ 'GET images/web': [definition('Failed')], 'PUT images/web': [refused] });
  await expect(port.settleDefinition(REF)).rejects.toMatchObject({
    code: 'PUBLISH_FAILED',
    message: 'could not create the definition web in the gallery gal: the gallery is locked (Conflict)',
  });
});

test('a definition that is being deleted is waited for, and is none then: it is made', async () => {
  const { port, seen } = written({
    'GET images/web': [definition('Deleting'), definition('Deleting'), GONE],
    'PUT images/web': [definition('Succeeded')],
  });
  await port.createDefinition(REF, WANTED, 'westeurope', {});
  expect([...seen]).toEqual([
    ['GET images/web', 4],
    ['PUT images/web', 1],
  ]);
});

test('one that never comes to rest ends at the time limit of an operation', async () => {
  const { port } = written({ 'GET images/web': [definition('Deleting')] });
  await expect(port.settleDefinition(REF)).rejects.toMatchObject({ code: 'TIMED_OUT' });
});

test.each([
  ['is whole', [gallery('Succeeded')], 'existed', []],
  ['somebody makes', [gallery('Creating'), gallery('Succeeded')], 'existed', []],
  [
    'Azure left failed',
    [gallery('Failed')],
    'existed',
    [
      {
        tags: { team: 'web' },
        location: 'westeurope',
        properties: { description: 'made by hand', identifier: {}, softDeletePolicy: { isSoftDeleteEnabled: true } },
      },
    ],
  ],
  ['is being deleted', [gallery('Deleting'), GONE], 'created', [{ tags: { by: 'regild' }, location: 'northeurope' }]],
])('a gallery that %s', async (_, looks, end, bodies) => {
  const fake = written({ 'GET galleries/gal': looks, 'PUT galleries/gal': [gallery('Succeeded')] });
  expect(await fake.port.ensureGallery(REF, 'northeurope', { by: 'regild' })).toBe(end);
  expect(fake.bodies).toEqual(bodies);
});
