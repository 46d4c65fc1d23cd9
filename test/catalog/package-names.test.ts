import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';

const { packageNames } = await loadCatalog();

/** What a package of Amazon Linux is called on a system. */
function called(name: string, system: string): readonly string[] | undefined {
  return packageNames.find(({ to }) => to.includes(system))?.names.find((row) => row.name === name)?.to;
}

test('Azure Linux has the PostgreSQL server in postgresql, and valkey for redis', () => {
  expect(called('postgresql15-server', 'azurelinux')).toEqual(['postgresql']);
  expect(called('redis6', 'azurelinux')).toEqual(['valkey']);
});

test('Enterprise Linux has the PostgreSQL server in a package of its own', () => {
  expect(called('postgresql15-server', 'rhel')).toEqual(['postgresql-server']);
  expect(called('redis6', 'rocky')).toEqual(['redis']);
});
