import { expect, test } from 'vitest';
import { inFolder } from './command-line.ts';
import { answer } from './in-process.ts';

const TARGET =
  '{ subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }';
const MANIFEST = `version: 1
images:
  rhel:
    source: { owner: '309956199498', name: RHEL-9.*_HVM-*-x86_64-*-Hourly2-GP3, region: eu-west-1 }
    target: ${TARGET}
`;

test('a licence that costs money is a question until the manifest or --licence answers it', async () => {
  await inFolder({ 'images.yaml': MANIFEST }, async (folder) => {
    const asked = await answer(['match'], { folder });
    expect([asked.code, asked.stdout.includes('who supplies the Red Hat subscription')]).toEqual([2, true]);
    const answered = await answer(['match', '--licence', 'payg'], { folder });
    expect([answered.code, answered.stdout.split('\n')[0]]).toEqual([0, 'rhel: ready']);
  });
});
