import { expect, test } from 'vitest';
import { createClaims } from '../../../../src/adapters/azure/claims.ts';
import { createGallery } from '../../../../src/adapters/azure/gallery/index.ts';
import { createImageBuilder } from '../../../../src/adapters/azure/image-builder/index.ts';
import { aPlan } from '../../../fakes/values.ts';
import { cloud, type Reply } from './fake-cloud.ts';

const GONE: Reply = { status: 404, body: { error: { code: 'NotFound', message: 'not found' } } };
const STARTED: Reply = {
  status: 201,
  body: {},
  headers: { 'azure-asyncoperation': 'https://arm.example/subscriptions/sub/operations/o1?api-version=1' },
};
const operation = (body: object): readonly Reply[] => [
  { status: 200, body: { status: 'InProgress' } },
  { status: 200, body },
];
const REASON = { status: 'Canceled', error: { code: 'OperationPreempted', message: 'a newer operation took its place' } };

const REF = { subscription: 'sub', resourceGroup: 'rg', gallery: 'gal', definition: 'web', version: '1.0.0' };
const IT = { subscription: 'sub', resourceGroup: 'rg', name: 'it' };
const OUTPUT = { type: 'SharedImage', galleryImageId: '/target', runOutputName: 'web' };
const BODY = { location: 'westeurope', tags: {}, identity: {}, properties: { distribute: [OUTPUT] } };

test.each([
  ['with a reason', REASON, 'a newer operation took its place (OperationPreempted)'],
  ['without one', { status: 'Canceled' }, 'no reason is given (Canceled)'],
  ['in British spelling', { status: 'cancelled', error: { message: 'by an operator' } }, 'by an operator (Canceled)'],
  ['with a reason of another form', { status: 'Canceled', error: 'who knows' }, 'no reason is given (Canceled)'],
])('a template whose creation is cancelled %s says so', async (_, end, said) => {
  const { connection } = cloud({
    'GET imageTemplates/it': [GONE],
    'PUT imageTemplates/it': [STARTED],
    'GET operations/o1': operation(end),
    'GET Microsoft.VirtualMachineImages/imageTemplates': [{ status: 200, body: { value: [] } }],
  });
  await expect(createImageBuilder(connection).build(IT, BODY, {})).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: `could not create the image template it: it was cancelled in Azure: ${said}`,
  });
});

test('so does that of a gallery, a definition and a claim', async () => {
  const { connection } = cloud({
    'GET galleries/gal': [GONE],
    'PUT galleries/gal': [STARTED],
    'GET images/web': [GONE],
    'PUT images/web': [STARTED],
    'PUT virtualMachineScaleSets/web': [STARTED],
    'GET operations/o1': [{ status: 200, body: REASON }],
  });
  const gallery = createGallery(connection);
  const ends = [
    gallery.ensureGallery(REF, 'westeurope', {}),
    gallery.createDefinition(REF, aPlan().definition, 'westeurope', {}),
    createClaims(connection).take({ ...IT, name: 'web' }, { location: 'westeurope', tags: {} }, () => false),
  ].map((end) => end.catch(({ code, message }) => [code, message]));
  const said = 'it was cancelled in Azure: a newer operation took its place (OperationPreempted)';
  expect(await Promise.all(ends)).toEqual([
    ['CLOUD_FAILED', `could not create the gallery gal: ${said}`],
    ['PUBLISH_FAILED', `could not create the definition web in the gallery gal: ${said}`],
    ['CLOUD_FAILED', `could not write the claim web: ${said}`],
  ]);
});

test('so do those of a promotion and a replication', async () => {
  const version: Reply = {
    status: 200,
    body: {
      id: '/v',
      name: '1.0.0',
      location: 'westeurope',
      properties: { provisioningState: 'Succeeded', publishingProfile: { excludeFromLatest: true, targetRegions: [] } },
    },
  };
  const { connection } = cloud({
    'GET versions/1.0.0': [version],
    'PUT versions/1.0.0': [STARTED],
    'GET operations/o1': [{ status: 200, body: REASON }],
  });
  const gallery = createGallery(connection);
  const regions = [{ name: 'uksouth', replicas: 1, storage: 'Standard_LRS' as const }];
  for (const end of [gallery.setVersion(REF, { excludeFromLatest: false }), gallery.replicate(REF, regions, {})])
    await expect(end).rejects.toMatchObject({
      code: 'PUBLISH_FAILED',
      message:
        'could not update version 1.0.0 of web in the gallery gal: it was cancelled in Azure: a newer operation took its place (OperationPreempted)',
    });
});
