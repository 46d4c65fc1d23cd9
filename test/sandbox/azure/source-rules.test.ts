import { expect, test } from 'vitest';
import { ArmError } from '../../../src/sandbox/azure/errors.ts';
import type { DefinitionProperties } from '../../../src/sandbox/azure/providers/gallery/schema.ts';
import { checkSource } from '../../../src/sandbox/azure/providers/gallery/source-rules.ts';
import type { VersionSource } from '../../../src/sandbox/azure/providers/gallery/version-source.ts';

const VM: VersionSource = {
  id: '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm',
  kind: 'vm',
  location: 'westeurope',
  osType: 'Linux',
  osState: 'Generalized',
  generation: 'V2',
  architecture: 'x64',
  security: 'Standard',
  plan: undefined,
  diskGB: 30,
};

function definition(security?: string, change: Partial<DefinitionProperties> = {}): DefinitionProperties {
  const features = security === undefined ? [] : [{ name: 'SecurityType', value: security }];
  const identifier = { publisher: 'p', offer: 'o', sku: 's' };
  return { osType: 'Linux', osState: 'Generalized', hyperVGeneration: 'V2', architecture: 'x64', identifier, features, ...change };
}

function refusal(source: VersionSource, wanted: DefinitionProperties, location = 'West Europe'): string | undefined {
  try {
    checkSource(source, wanted, location);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ArmError) return thrown.error.message.replaceAll(VM.id, 'VM');
    throw thrown;
  }
}

test.each<[VersionSource['kind'], string, string | undefined]>([
  ['vm', 'Standard', undefined],
  ['vm', 'Standard', 'Standard'],
  ['vm', 'TrustedLaunch', 'TrustedLaunch'],
  ['managed-image', 'Standard', 'TrustedLaunchSupported'],
  ['gallery-version', 'Standard', 'TrustedLaunchSupported'],
])('a %s of security %s fits a definition of security %s', (kind, security, wanted) => {
  expect(refusal({ ...VM, kind, security }, definition(wanted))).toBeUndefined();
});

test('a VM fits no definition that wants a source without guest state', () => {
  expect(refusal(VM, definition('TrustedLaunchSupported'))).toBe(
    "The security type 'TrustedLaunchSupported' is not supported for the source id 'VM'. Currently only Vhd Blob, User Image and Gallery Image Version sources are supported for 'TrustedLaunchSupported' images.",
  );
  expect(refusal({ ...VM, security: 'TrustedLaunch' }, definition())).toBe(
    "The security type 'TrustedLaunch' of the source id 'VM' does not match the security type 'Standard' of the parent gallery image.",
  );
});

test('what a source is must be what its definition says', () => {
  expect(refusal({ ...VM, osState: 'Specialized' }, definition())).toBe(
    "Cannot create Gallery Image Version from: 'VM' since the OS State in the parent gallery image ('Generalized') is not 'Specialized'.",
  );
  expect(refusal(VM, definition(undefined, { osType: 'Windows' }))).toBe(
    "The resource with id 'VM' has a different OS type ['Linux'] than the parent gallery image OS type generation ['Windows'].",
  );
  expect(refusal({ ...VM, plan: { name: 'n', product: 'x', publisher: 'p' } }, definition())).toBe(
    `The resource with id 'VM' has a different plan ['{"name":"n","publisher":"p","product":"x"}'] than the parent gallery image plan ['null'].`,
  );
  expect(refusal(VM, definition(), 'uksouth')).toBe(
    "Source 'VM' is not found. Please check source exists, and is in the same region as gallery image version being created.",
  );
});
