import type { GalleryImage } from '@azure/arm-compute';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { AT_ONCE, computeFor } from './clients.ts';
import { collect } from './collect.ts';
import { createDefinition, createGallery, DEFINITION, fromVhd, GALLERY, GROUP, STANDARD } from './gallery-fixture.ts';
import { problemOf } from './problem.ts';

let sandbox: Sandbox;
let compute: ReturnType<typeof computeFor>;
beforeEach(async () => {
  sandbox = await startSandbox();
  compute = computeFor(sandbox);
  await createGallery(compute);
});
afterEach(() => sandbox.close());

test('a gallery is created, listed and found, whatever the case of its id', async () => {
  const gallery = await compute.galleries.get('RG-IMAGES', 'SIG_Golden');
  const id = `/subscriptions/${sandbox.subscription}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/sig_golden`;
  expect(gallery).toMatchObject({ id, name: GALLERY, location: 'westeurope', provisioningState: 'Succeeded' });
  expect(gallery.identifier).toEqual({ uniqueName: `${sandbox.subscription}-SIG_GOLDEN` });
  expect((await collect(compute.galleries.list())).map(({ name }) => name)).toEqual([GALLERY]);
});

test.each([
  ['a dash in its name', () => compute.galleries.createOrUpdate(GROUP, 'sig-golden', { location: 'westeurope' }), 400, 'InvalidParameter'],
  [
    'no such region',
    () => compute.galleries.createOrUpdate(GROUP, 'sig2', { location: 'atlantis' }),
    400,
    'LocationNotAvailableForResourceType',
  ],
  ['another region', () => compute.galleries.createOrUpdate(GROUP, GALLERY, { location: 'uksouth' }), 409, 'InvalidResourceLocation'],
  ['no such group', () => compute.galleries.createOrUpdate('rg-none', 'sig2', { location: 'westeurope' }), 404, 'ResourceGroupNotFound'],
])('a gallery is refused with %s', async (_, create, status, code) => {
  expect(await problemOf(create())).toMatchObject({ status, code });
});

test('a definition made with a new api-version is TrustedLaunchSupported and Gen2 unless it says otherwise', async () => {
  const { features, hyperVGeneration, ...rest } = STANDARD;
  expect(await createDefinition(compute, rest)).toMatchObject({
    hyperVGeneration: 'V2',
    architecture: 'x64',
    features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }],
  });
});

test.each<[string, Partial<GalleryImage>, string]>([
  ['osState', { osState: 'Specialized' }, "Changing property 'galleryImage.properties.osState' is not allowed."],
  [
    'hyperVGeneration',
    { hyperVGeneration: 'V1', features: [] },
    "Changing property 'galleryImage.properties.hyperVGeneration' is not allowed.",
  ],
  [
    'identifier',
    { identifier: { publisher: 'contoso', offer: 'web', sku: 'other' } },
    "Changing property 'galleryImage.properties.identifier' is not allowed.",
  ],
  [
    'features',
    { features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }] },
    "Changing property 'galleryImage.properties.features' is not allowed.",
  ],
])('%s of a definition cannot be changed', async (_, change, message) => {
  await createDefinition(compute);
  expect(await problemOf(createDefinition(compute, { ...STANDARD, ...change }))).toEqual({
    status: 409,
    code: 'PropertyChangeNotAllowed',
    message,
  });
});

test('description and recommendation of a definition can be changed, the rest stays', async () => {
  const before = await createDefinition(compute);
  const after = await compute.galleryImages.update(
    GROUP,
    GALLERY,
    DEFINITION,
    { description: 'web servers', recommended: { memory: { min: 2, max: 8 } } },
    AT_ONCE,
  );
  expect(after).toEqual({ ...before, description: 'web servers', recommended: { memory: { min: 2, max: 8 } } });
});

test.each<[string, Partial<GalleryImage>, string]>([
  [
    'Arm64 on Gen1',
    { architecture: 'Arm64', hyperVGeneration: 'V1', features: [] },
    "Architecture 'Arm64' is only supported for Hyper-V generation 'V2', not for 'V1'.",
  ],
  [
    'NVMe on Gen1',
    { hyperVGeneration: 'V1', features: [{ name: 'DiskControllerTypes', value: 'SCSI, NVMe' }] },
    "The feature 'DiskControllerTypes' with value 'SCSI, NVMe' is only supported for Hyper-V generation 'V2', not for 'V1'.",
  ],
  ['an unknown feature', { features: [{ name: 'Warp', value: 'True' }] }, "The feature 'Warp' is not supported."],
])('a definition is refused with %s', async (_, change, message) => {
  expect(await problemOf(createDefinition(compute, { ...STANDARD, ...change }))).toEqual({
    status: 400,
    code: 'InvalidParameter',
    message,
  });
});

test('two definitions of a gallery cannot have the same publisher, offer and SKU', async () => {
  await createDefinition(compute);
  expect(await problemOf(createDefinition(compute, STANDARD, 'twin'))).toMatchObject({
    status: 409,
    message:
      "Gallery image: 'web-golden' identified by (publisher:'contoso', offer:'web', sku:'golden') already exists. Choose a different publisher, offer, sku combination.",
  });
});

test('what holds something cannot be deleted, and what is empty is gone', async () => {
  await createDefinition(compute);
  await compute.galleryImageVersions.createOrUpdate(GROUP, GALLERY, DEFINITION, '1.0.0', fromVhd(), AT_ONCE);
  expect(await problemOf(compute.galleries.delete(GROUP, GALLERY))).toMatchObject({ status: 409, code: 'CannotDeleteResource' });
  expect(await problemOf(compute.galleryImages.delete(GROUP, GALLERY, DEFINITION))).toMatchObject({
    status: 409,
    code: 'CannotDeleteResource',
  });
  await compute.galleryImageVersions.delete(GROUP, GALLERY, DEFINITION, '1.0.0', AT_ONCE);
  await compute.galleryImages.delete(GROUP, GALLERY, DEFINITION, AT_ONCE);
  await compute.galleries.delete(GROUP, GALLERY, AT_ONCE);
  expect(await problemOf(compute.galleries.get(GROUP, GALLERY))).toMatchObject({ status: 404, code: 'ResourceNotFound' });
});
