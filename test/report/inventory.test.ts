import { expect, test } from 'vitest';
import { INVENTORY_FORMATS, renderInventory } from '../../src/report/inventory/index.ts';
import { anInventory, aPackage } from '../fakes/inventory.ts';

const tool = { version: '1.2.3' };
const HOSTILE = 'a|b</script><img src=x onerror=alert(1)>\u202e`$(id)`';

const inventory = anInventory({
  source: { kind: 'disk', name: 'disk.raw', simulated: true },
  packages: [
    aPackage('nginx', { version: '1:1.22-1~bpo+1' }),
    { manager: 'rpm', name: 'hello', version: '1:1.2-3', architecture: 'x86_64' },
    { manager: 'npm', name: '@scope/tool', version: '1.4.0' },
    { manager: 'pip', name: 'Typing_Extensions', version: '4.0' },
  ],
  containers: ['registry.example.com:5000/shop:1.0'],
  unread: [{ place: '/etc/passwd', reason: HOSTILE }],
});

test('a bill of materials: package URLs by type, epoch and distribution as qualifiers', () => {
  const document = JSON.parse(renderInventory(inventory, 'cyclonedx', tool));
  expect(document).toEqual({
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', name: 'regild', version: '1.2.3' }] },
      component: { type: 'operating-system', 'bom-ref': 'image', name: 'debian', version: '12' },
      properties: [
        { name: 'regild:source', value: 'disk.raw' },
        { name: 'regild:simulated', value: 'true' },
      ],
    },
    components: [
      ['pkg:deb/debian/nginx@1%3A1.22-1~bpo%2B1?arch=amd64&distro=debian-12', 'nginx', '1:1.22-1~bpo+1'],
      ['pkg:rpm/debian/hello@1.2-3?arch=x86_64&distro=debian-12&epoch=1', 'hello', '1:1.2-3'],
      ['pkg:npm/%40scope/tool@1.4.0', '@scope/tool', '1.4.0'],
      ['pkg:pypi/typing-extensions@4.0', 'Typing_Extensions', '4.0'],
    ]
      .map(([purl, name, version]): unknown => ({ 'bom-ref': purl, type: 'library', name, version, purl }))
      .concat([
        {
          'bom-ref': 'pkg:docker/registry.example.com%3A5000/shop@1.0',
          type: 'container',
          name: 'registry.example.com:5000/shop:1.0',
          purl: 'pkg:docker/registry.example.com%3A5000/shop@1.0',
        },
      ]),
    compositions: [{ aggregate: 'incomplete', assemblies: ['image'] }],
  });
});

test.each(INVENTORY_FORMATS)('nothing in a disk gets out of the %s document', (format) => {
  const text = renderInventory(inventory, format, tool);
  expect(text).not.toContain('\u202e');
  expect(text.endsWith('\n')).toBe(true);
  if (format === 'html') expect(text).not.toContain('<img');
  if (format === 'markdown') expect(text).not.toMatch(/a\|b/);
});

test('the text says who it is, that it is simulated, and what could not be read', () => {
  const text = renderInventory(inventory, 'text', tool);
  expect(text.split('\n').slice(0, 5)).toEqual([
    'inspect disk.raw',
    'simulated: this disk is the sandbox’s, no real image was read',
    '  system        debian, 12',
    '  packages      4, 1 of them marked as asked for',
    '  own content   0 items that no package brought, 0 changed files of packages',
  ]);
  expect(text).toContain('could not be read (1)\n  /etc/passwd  a|b</script>');
});
