import { expect, test } from 'vitest';
import { inFolder } from './command-line.ts';
import { answer } from './in-process.ts';

const MANIFEST = `version: 1
images:
  al2023:
    source: { ssm: /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64, region: eu-west-1 }
    target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
`;

test('another distribution is a question until --accept or the manifest answers it', async () => {
  await inFolder({ 'images.yaml': MANIFEST, 'answered.yaml': `${MANIFEST}    accept: { successor: azure-linux-3 }\n` }, async (folder) => {
    const asked = await answer(['match'], { folder });
    expect([asked.code, /question +the AMI's Amazon Linux 2023 is not offered on Azure: AlmaLinux 9/.test(asked.stdout)]).toEqual([
      2,
      true,
    ]);
    const flag = await answer(['match', '--accept', 'ha,azure-linux-3'], { folder });
    const file = await answer(['match', '-f', 'answered.yaml'], { folder });
    expect([flag.code, flag.stdout.split('\n')[0], file.code, file.stdout.split('\n')[0]]).toEqual([
      0,
      'al2023: ready',
      0,
      'al2023: ready',
    ]);
  });
});
