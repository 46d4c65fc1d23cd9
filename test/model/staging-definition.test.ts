import { expect, test } from 'vitest';
import { hasStagingName, stagingDefinition } from '../../src/model/index.ts';
import { aPlan } from '../fakes/values.ts';

const { definition } = aPlan();

test('a staging definition is the wanted one but for name, SKU and security type', () => {
  expect(stagingDefinition(definition)).toEqual({
    ...definition,
    name: 'web-staging',
    identifier: { ...definition.identifier, sku: 'staging-server-web' },
    features: [
      { name: 'SecurityType', value: 'Standard' },
      { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
    ],
    description: 'ubuntu 24.04 translated by regild, before it is copied to web',
  });
});

test('its security type is stated also where the wanted one leaves it open', () => {
  expect(stagingDefinition({ ...definition, features: [] }).features).toEqual([{ name: 'SecurityType', value: 'Standard' }]);
});

test('SKUs of the longest kind stay within the limit, and stay different', () => {
  const skus = ['a', 'b'].map((end) => {
    const sku = `${'s'.repeat(63)}${end}`;
    return stagingDefinition({ ...definition, identifier: { ...definition.identifier, sku } }).identifier.sku;
  });
  expect(skus).toEqual(['a', 'b'].map((end) => `staging-${'s'.repeat(55)}${end}`));
});

test('a name has room for the ending, or not', () => {
  expect([72, 73].map((length) => hasStagingName('n'.repeat(length)))).toEqual([true, false]);
});
