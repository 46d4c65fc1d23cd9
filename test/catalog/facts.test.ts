import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { statesNvme } from '../../src/model/index.ts';
import { redactValues } from '../../src/model/redact.ts';

const { index: _, ...facts } = await loadCatalog();
const { releases, components } = facts;

/** `offer:sku` of each Gen2 base that a publisher has of a release, by whether it is tagged for NVMe. */
function gen2(id: string, publisher: string): { readonly nvme: readonly string[]; readonly scsi: readonly string[] } {
  const bases = releases.find((release) => release.id === id)?.bases.filter((base) => base.publisher === publisher) ?? [];
  const named = (nvme: boolean) =>
    bases
      .filter((base) => base.generation === 'V2' && statesNvme(base) === nvme)
      .map(({ offer, sku }) => `${offer}:${sku}`)
      .toSorted();
  return { nvme: named(true), scsi: named(false) };
}

test('NVMe is stated from the minor release on that Microsoft lists, and for x64 only', () => {
  expect(gen2('oraclelinux-8', 'Oracle')).toEqual({
    nvme: ['810-', '85-', '86-', '88-', '89-'].map((minor) => `Oracle-Linux:ol${minor}lvm-gen2`),
    scsi: [
      'Oracle-Linux:81-gen2',
      'Oracle-Linux:ol810-arm64-lvm-gen2',
      'Oracle-Linux:ol82-gen2',
      'Oracle-Linux:ol83-lvm-gen2',
      'Oracle-Linux:ol84-lvm-gen2',
    ],
  });
});

test('SLES for SAP is listed from 15 SP3 on, SLES itself from 15 SP4 on', () => {
  expect(gen2('sles-15-sp3', 'SUSE')).toEqual({
    nvme: ['sles-sap-15-sp3-byos:gen2', 'sles-sap-15-sp3:gen2'],
    scsi: ['sles-15-sp3-basic:gen2', 'sles-15-sp3:gen2'],
  });
  expect(gen2('sles-15-sp4', 'SUSE')).toEqual({
    nvme: ['sles-15-sp4-basic:gen2', 'sles-15-sp4:gen2', 'sles-sap-15-sp4:gen2'],
    scsi: [],
  });
});

test('Windows Server 2019 is listed and 2016 is not; an image of another publisher is not its release', () => {
  expect(gen2('windows-server-2019', 'MicrosoftWindowsServer').scsi).toEqual([]);
  expect(gen2('windows-server-2016', 'MicrosoftWindowsServer').nvme).toEqual([]);
  expect(gen2('rhel-9', 'center-for-internet-security-inc').nvme).toEqual([]);
});

test('a confidential image takes no NVMe', () => {
  expect(gen2('ubuntu-24.04', 'Canonical').scsi.filter((base) => !base.includes('arm64'))).toEqual([
    'ubuntu-24_04-lts:cvm',
    'ubuntu-24_04-lts:specialized-hardware',
    'ubuntu-24_04-lts:ubuntu-pro-cvm',
    'ubuntu-24_04-lts:ubuntu-pro-specialized-hardware',
  ]);
});

test('support ends on the day that its source names', () => {
  const support = (id: string) => releases.find((release) => release.id === id)?.support;
  expect(support('fedora-42')).toEqual({ standard: '2026-05-27' });
  expect(support('amazon-linux-2023')).toEqual({ standard: '2029-06-30' });
});

test('what stands in for a component is cut at a semicolon, never inside a parenthesis', () => {
  const cut = components.filter(({ azureEquivalent = '' }) => /\([^)]*;/.test(azureEquivalent));
  expect(cut.map(({ id }) => id)).toEqual([]);
});

/** The default sizes have no disk of their own: whoever is promised one is told so. */
test.each([
  ['on sizes that have a temporary disk, and on others', true],
  ['D:\\pagefile.sys on the temporary disk', false],
  ['the resource disk at /mnt', false],
  ['cloud-init ephemeral0', false],
  ['Azure VM Agent', true],
])('%s: says where there is a temporary disk: %s', (text, honest) => expect(saysWhereDisksAre(text)).toBe(honest));

test('no component is promised a temporary disk that the default sizes lack', () => {
  const promised = components.filter(({ azureEquivalent = '' }) => !saysWhereDisksAre(azureEquivalent));
  expect(promised.map(({ id }) => id)).toEqual([]);
});

function saysWhereDisksAre(text: string): boolean {
  return !/temporary disk|resource disk|ephemeral0|\bD:|\/mnt\b/.test(text) || /\bon sizes that have a temporary disk\b/.test(text);
}

test('the page file is promised on D: only where there is one', () => {
  const pagefile = components.find(({ id }) => id === 'win-pagefile-instance-store');
  expect(pagefile?.azureEquivalent).toBe(
    'D:\\pagefile.sys on sizes that have a temporary disk (a d in their name, as D2ds); on the default sizes, which have none, the OS disk',
  );
});

test('nothing that is told of a fact looks like a secret, and would be hidden', () => {
  const told = JSON.parse(JSON.stringify(facts, (key, value) => (key === 'pattern' ? undefined : value)));
  expect(redactValues(told)).toBe(told);
});
