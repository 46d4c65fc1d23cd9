import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeDeployment } from '../../src/deploy/write.ts';
import { hostile } from '../fakes/hostile-text.ts';
import { aDeployment, hostileDeployment } from './a-deployment.ts';
import { readBicep, readTerraform } from './read.ts';
import { readArm } from './read-arm.ts';

const CHANGES = [
  aDeployment(),
  aDeployment({ target: 'vmss', zones: { value: ['1', '2', '3'], reason: 'all zones' } }),
  aDeployment({
    osFamily: 'windows',
    dataDisks: [],
    zones: { value: null, reason: 'no zones' },
    purchasePlan: { value: null, reason: 'none' },
  }),
  aDeployment({
    security: { value: 'Standard', reason: 'Gen1' },
    controller: { value: null, reason: 'Gen1' },
    licenseType: { value: null, reason: 'none' },
    osDisk: { value: null, reason: 'on the host' },
    osDiskCaching: { value: 'ReadOnly', reason: 'on the host' },
    ephemeralOsDisk: { value: 'NvmeDisk', reason: 'asked for' },
    diskEncryptionSet: { value: null, reason: 'none' },
  }),
];

test('what is written in each language, with the reasons', async () => {
  const files = { az: 'az.sh', arm: 'arm.txt', bicep: 'main.bicep', terraform: 'main.tf' } as const;
  for (const [language, file] of Object.entries(files))
    await expect(writeDeployment(aDeployment(), language as keyof typeof files)).toMatchFileSnapshot(`expected/${file}`);
});

test('ARM, Bicep and Terraform make the same resources', async () => {
  for (const deployment of CHANGES) {
    const made = readArm(writeDeployment(deployment, 'arm'));
    expect(made.length).toBe(deployment.target === 'vm' ? 1 + deployment.dataDisks.length : 1);
    expect(readBicep(writeDeployment(deployment, 'bicep'))).toEqual(made);
    expect(await readTerraform(writeDeployment(deployment, 'terraform'))).toEqual(made);
  }
});

test('no text gets out of its place, in any language', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, fc.constantFrom('vm', 'vmss'), async (text, target) => {
      const deployment = hostileDeployment(text, target);
      const made = readArm(writeDeployment(deployment, 'arm'));
      const machine = made.at(-1)?.body;
      expect(machine).toMatchObject({ location: text, zones: [text], plan: { publisher: text, product: text, name: text } });
      const wellFormed = JSON.parse(JSON.stringify(made).replaceAll(/\\ud[89a-f][0-9a-f]{2}/gi, '\ufffd'));
      expect(readBicep(writeDeployment(deployment, 'bicep'))).toEqual(wellFormed);
      // HCL reads strings as NFC.
      const composed = JSON.parse(JSON.stringify(wellFormed).normalize('NFC'));
      expect(await readTerraform(writeDeployment(deployment, 'terraform'))).toEqual(composed);
    }),
    { numRuns: 60 },
  );
});

test('a text in brackets is no expression of Resource Manager', () => {
  for (const text of ['[resourceGroup().id]', '[[x]', '[', '[x', ']', '[]']) {
    const [machine] = readArm(writeDeployment(aDeployment({ dataDisks: [], size: { value: text, reason: text } }), 'arm'));
    expect(machine?.body).toMatchObject({ properties: { hardwareProfile: { vmSize: text } } });
  }
});
