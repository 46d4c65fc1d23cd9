import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';

/** What the plugin reads in the source block of a rendered folder, as far as its requests show it. */
export interface Source {
  readonly group: string;
  readonly definition: string;
  readonly version: string;
  readonly managedImage: string;
  readonly base: Readonly<Record<'publisher' | 'offer' | 'sku' | 'version', string>>;
  readonly vmSize: string;
  readonly diskGB: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Reads a rendered folder with the values of its variables, `PKR_VAR_…`. */
export async function readSource(folder: string, environment: Readonly<Record<string, string | undefined>>): Promise<Source> {
  const { locals, source } = await parse('source.pkr.hcl', await readFile(join(folder, 'source.pkr.hcl'), 'utf8'));
  const block = source['azure-arm'].image[0];
  const variable = (text: string) => text.replace(/\$\{var\.(\w+)\}/g, (_, name: string) => environment[`PKR_VAR_${name}`] ?? '');
  const [destination] = block.shared_image_gallery_destination;
  const [, prefix = ''] = /join\("-", \["([^"]+)"/.exec(locals[0].temp_group) ?? [];
  const tags: readonly (readonly [string, string])[] = Object.entries(block.azure_tags);
  return {
    group: [prefix, environment.PKR_VAR_run_id, environment.PKR_VAR_attempt].join('-'),
    definition: destination.image_name,
    version: destination.image_version,
    managedImage: block.managed_image_name,
    base: { publisher: block.image_publisher, offer: block.image_offer, sku: block.image_sku, version: block.image_version },
    vmSize: variable(block.vm_size),
    diskGB: block.os_disk_size_gb,
    tags: Object.fromEntries(tags.map(([name, value]) => [name, variable(value)])),
  };
}
