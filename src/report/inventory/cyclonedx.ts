import type { Inventory, InventoryPackage } from '../../model/index.ts';
import { visibleJson } from '../encode.ts';

/** Who made the document. */
export interface Tool {
  readonly version: string;
}

/**
 * The packages of an image as a software bill of materials: CycloneDX 1.6 JSON (https://cyclonedx.org/docs/1.6/json/), with package URLs. It holds no
 * time and no serial number, so that the same image gives the same document.
 */
export function renderCycloneDx(inventory: Inventory, { version }: Tool): string {
  const { source, system, packages, containers } = inventory;
  const components = [...packages.map((item) => toComponent(item, system)), ...containers.map(toContainer)];
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', name: 'regild', version }] },
      component: {
        type: 'operating-system',
        'bom-ref': 'image',
        name: system.name ?? system.id ?? source.name,
        version: system.version ?? 'unknown',
      },
      properties: [
        { name: 'regild:source', value: source.name },
        ...(source.simulated ? [{ name: 'regild:simulated', value: 'true' }] : []),
      ],
    },
    components: unique(components),
    compositions: [{ aggregate: inventory.unread.length === 0 ? 'unknown' : 'incomplete', assemblies: ['image'] }],
  };
  return visibleJson(`${JSON.stringify(document, undefined, 2)}\n`);
}

interface Component {
  readonly 'bom-ref': string;
  readonly type: 'library' | 'container';
  readonly name: string;
  readonly version?: string;
  readonly purl: string;
}

function toComponent(item: InventoryPackage, system: Inventory['system']): Component {
  const purl = packageUrl(item, system);
  return { 'bom-ref': purl, type: 'library', name: item.name, version: item.version, purl };
}

function toContainer(name: string): Component {
  const [image = '', tag = 'latest'] = name.split(/:(?=[^/:]*$)/);
  const purl = `pkg:docker/${image.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(tag)}`;
  return { 'bom-ref': purl, type: 'container', name, purl };
}

/** purl-spec: type, namespace (the distribution), name, version and qualifiers, each percent-encoded. */
function packageUrl({ manager, name, version, architecture }: InventoryPackage, { id, version: release }: Inventory['system']): string {
  const { type, path } = urlPath(manager, name, id ?? 'linux');
  const system = manager === 'deb' || manager === 'rpm';
  const [, epoch, rest = version] = manager === 'rpm' ? (/^(\d+):(.*)$/.exec(version) ?? []) : [];
  const qualifiers = {
    arch: system ? architecture : undefined,
    distro: system && id !== undefined ? [id, release].filter((part) => part !== undefined).join('-') : undefined,
    epoch,
  };
  const query = Object.entries(qualifiers).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]));
  return `pkg:${type}/${path}@${encodeURIComponent(rest)}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

function urlPath(manager: InventoryPackage['manager'], name: string, distro: string): { readonly type: string; readonly path: string } {
  switch (manager) {
    case 'deb':
    case 'rpm':
      return { type: manager, path: `${encodeURIComponent(distro)}/${encodeURIComponent(name)}` };
    case 'pip':
      return { type: 'pypi', path: encodeURIComponent(name.toLowerCase().replaceAll('_', '-')) };
    case 'npm':
      return { type: 'npm', path: name.split('/').map(encodeURIComponent).join('/') };
    case 'gem':
      return { type: 'gem', path: encodeURIComponent(name) };
    case 'snap':
    case 'program':
      return { type: 'generic', path: encodeURIComponent(name) };
  }
}

/** References must be unique: two kernels differ in their version, the same package twice is one. */
function unique(components: readonly Component[]): readonly Component[] {
  return [...new Map(components.map((component) => [component.purl, component])).values()];
}
