import { expect, test } from 'vitest';
import { isPublished, provenanceOf } from '../../src/records/provenance.ts';
import { aPublishedReport, SHA, VERSION_ID } from './records.ts';

const RUN = { toolVersion: '1.2.3', clouds: { aws: 'AWS', azure: 'AzureCloud', simulated: false } };

test('says what a version was made from and by what', () => {
  const report = aPublishedReport();
  if (!isPublished(report)) throw new Error('it is published');
  expect(provenanceOf(report, RUN)).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      {
        name: 'gal/web/2026.1121.0',
        uri: VERSION_ID,
        // printf %s "<id in lower case>" | sha256sum
        digest: { armResourceId: '5ebfab4837e9e4ed15a42a1c8398b7732975a19695342749fb3d184b0861bf17' },
      },
    ],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'pkg:npm/regild#azure-gallery-version/v1',
        externalParameters: {
          image: 'web',
          ami: 'eu-west-1/ami-0abc1234def567890',
          base: 'Canonical:ubuntu-24_04-lts:server:24.04.202611010',
          engine: 'image-builder',
          recipe: 'd'.repeat(64),
        },
        internalParameters: { route: 'direct', simulated: 'false', aws: 'AWS', azure: 'AzureCloud' },
        resolvedDependencies: [
          { name: 'ami', uri: 'arn:aws:ec2:eu-west-1::image/ami-0abc1234def567890' },
          { name: 'base', uri: 'azure-marketplace:Canonical:ubuntu-24_04-lts:server:24.04.202611010' },
          { name: 'scripts/linux/boot.sh', digest: { sha256: SHA } },
          { name: 'guest/components.tsv', digest: { sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' } },
          { name: 'step/step-1', uri: 'https://example.com/t.tgz', digest: { sha256: SHA }, annotations: { title: 'download a tool' } },
        ],
      },
      runDetails: {
        builder: { id: 'pkg:npm/regild', version: { regild: '1.2.3', 'image-builder': '2025-10-01' } },
        metadata: {
          invocationId: '20261121t081502-3f9a',
          startedOn: '2026-11-21T08:15:02.000Z',
          finishedOn: '2026-11-21T09:15:02.000Z',
        },
        byproducts: [{ name: 'template/template.json', digest: { sha256: SHA } }],
      },
    },
  });
});

test('speaks of published versions only', () => {
  const { published } = aPublishedReport();
  expect([
    isPublished(aPublishedReport({ outcome: 'failed' })),
    isPublished(aPublishedReport({ published: undefined })),
    isPublished(aPublishedReport({ published: published && { ...published, promoted: false } })),
    isPublished(aPublishedReport({ image: 'web' })),
  ]).toEqual([false, false, false, true]);
});
