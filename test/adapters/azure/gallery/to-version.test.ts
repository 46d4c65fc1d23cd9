import type { GalleryImageVersion } from '@azure/arm-compute';
import { expect, test } from 'vitest';
import { changedVersion, toRegionStates, toVersion } from '../../../../src/adapters/azure/gallery/to-version.ts';

const ENCRYPTION = { osDiskImage: { diskEncryptionSetId: '/des' } };

const VERSION: GalleryImageVersion = {
  id: '/versions/1.0.0',
  name: '1.0.0',
  location: 'West Europe',
  tags: { 'regild-run': 'run-1' },
  provisioningState: 'Succeeded',
  storageProfile: { source: { id: '/images/web' }, osDiskImage: { sizeInGB: 30, hostCaching: 'ReadOnly' } },
  safetyProfile: { allowDeletionOfReplicatedLocations: true },
  publishingProfile: {
    excludeFromLatest: true,
    replicaCount: 2,
    storageAccountType: 'Standard_ZRS',
    publishedDate: new Date('2026-11-21T08:00:00Z'),
    endOfLifeDate: new Date('2027-11-21T00:00:00Z'),
    replicationMode: 'Full',
    targetRegions: [
      { name: 'West Europe', encryption: ENCRYPTION },
      { name: 'East US', regionalReplicaCount: 5, storageAccountType: 'Premium_LRS', excludeFromLatest: true },
    ],
  },
  replicationStatus: {
    aggregatedState: 'InProgress',
    summary: [
      { region: 'West Europe', state: 'Completed', progress: 100, details: '' },
      { region: 'East US', state: 'Replicating', progress: 140 },
    ],
  },
};

test('a version in our words', () => {
  expect(toVersion(VERSION)).toEqual({
    id: '/versions/1.0.0',
    name: '1.0.0',
    location: 'westeurope',
    excludeFromLatest: true,
    provisioningState: 'Succeeded',
    published: '2026-11-21T08:00:00.000Z',
    targetRegions: [
      { name: 'westeurope', replicas: 2, storage: 'Standard_ZRS' },
      { name: 'eastus', replicas: 5, storage: 'Premium_LRS' },
    ],
    replication: [
      { name: 'westeurope', state: 'Completed', progress: 100 },
      { name: 'eastus', state: 'Replicating', progress: 100 },
    ],
    tags: { 'regild-run': 'run-1' },
    excludedRegions: ['eastus'],
    endOfLife: '2027-11-21T00:00:00.000Z',
    safety: { blockDeletionBeforeEndOfLife: false, allowDeletionOfReplicatedLocations: true },
    source: VERSION.storageProfile?.source?.id,
    sizeGiB: VERSION.storageProfile?.osDiskImage?.sizeInGB,
  });
});

test('what a rollout, an end of life and a safety profile say is read, and set without touching the rest', () => {
  const change = {
    excludedRegions: ['westeurope'],
    endOfLife: '2027-05-01T00:00:00.000Z',
    safety: { blockDeletionBeforeEndOfLife: true },
  };
  const changed = changedVersion(VERSION, change);
  const [first, second] = VERSION.publishingProfile?.targetRegions ?? [];
  expect(changed).toEqual({
    ...VERSION,
    safetyProfile: { ...VERSION.safetyProfile, blockDeletionBeforeEndOfLife: true },
    publishingProfile: {
      ...VERSION.publishingProfile,
      endOfLifeDate: new Date('2027-05-01T00:00:00.000Z'),
      targetRegions: [
        { ...first, excludeFromLatest: true },
        { ...second, excludeFromLatest: false },
      ],
    },
  });
  expect(toVersion(changed)).toMatchObject({
    ...change,
    safety: { blockDeletionBeforeEndOfLife: true, allowDeletionOfReplicatedLocations: true },
  });
});

test('a state that is not known is Unknown, and what the service says of a region is kept', () => {
  expect(toRegionStates([{ region: 'East US', state: 'Odd', details: 'why' }])).toEqual([
    { name: 'eastus', state: 'Unknown', progress: 0, detail: 'why' },
  ]);
  expect(toRegionStates()).toEqual([]);
});

test('an update sends everything back, with the regions that were asked for', () => {
  const regions = [
    { name: 'westeurope', replicas: 3, storage: 'Standard_ZRS' as const },
    { name: 'northeurope', replicas: 1, storage: 'Standard_LRS' as const },
  ];
  expect(changedVersion(VERSION, { regions })).toEqual({
    ...VERSION,
    publishingProfile: {
      ...VERSION.publishingProfile,
      targetRegions: [
        { name: 'westeurope', regionalReplicaCount: 3, storageAccountType: 'Standard_ZRS', encryption: ENCRYPTION },
        { name: 'northeurope', regionalReplicaCount: 1, storageAccountType: 'Standard_LRS' },
      ],
    },
  });
});

test('a promotion changes excludeFromLatest and the tags, and nothing else', () => {
  expect(changedVersion(VERSION, { excludeFromLatest: false, tags: { a: 'b' } })).toEqual({
    ...VERSION,
    tags: { a: 'b' },
    publishingProfile: { ...VERSION.publishingProfile, excludeFromLatest: false },
  });
});
