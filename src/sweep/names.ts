import type { Leftover } from '../model/index.ts';

/** The tags that Image Builder itself puts on its staging groups. Source: image-builder-json, stagingResourceGroup. */
const STAGING = { createdBy: 'AzureVMImageBuilder', template: 'imageTemplateName' } as const;

/** Name of the image template that a group is the staging group of; undefined for anything else. */
export function stagingOwner({ kind, tags }: Leftover): string | undefined {
  return kind === 'resource-group' && tags.createdBy === STAGING.createdBy ? tags[STAGING.template] : undefined;
}

/**
 * Whether regild, in this run, gives such a name: tags can be copied onto a group that holds something else. Test VMs: `rg-regild-<run>-…`. Packer:
 * `regild-<image>-<run>-…`. Image templates: `regild-<image>-<run>`. Versions are named by number and known by their definition.
 */
export function isOurName(leftover: Leftover, run: string): boolean {
  const { kind, name } = leftover;
  switch (kind) {
    case 'resource-group': {
      const owner = stagingOwner(leftover);
      if (owner !== undefined) return name.startsWith('IT_') && isTemplateName(owner, run);
      return run !== '' && (name.startsWith(`rg-regild-${run}-`) || (name.startsWith('regild-') && `${name}-`.includes(`-${run}-`)));
    }
    case 'image-template':
      return isTemplateName(name, run);
    case 'gallery-version':
      return true;
  }
}

function isTemplateName(name: string, run: string): boolean {
  return run !== '' && name.startsWith('regild-') && name.endsWith(`-${run}`);
}
