import type { Ami, Changed } from '../model/index.ts';

/** What of an AMI is compared, in the order in which it is said; each in words, undefined where EC2 does not tell. */
const FACETS: Readonly<Record<string, (ami: Ami) => string | undefined>> = {
  name: ({ name }) => name,
  description: ({ description }) => description,
  owner: ({ ownerId }) => ownerId,
  created: ({ created }) => created,
  deprecated: ({ deprecated }) => deprecated,
  state: ({ state }) => state,
  architecture: ({ architecture }) => architecture,
  'boot mode': ({ bootMode }) => bootMode,
  virtualization: ({ virtualization }) => virtualization,
  platform: ({ platformDetails }) => platformDetails,
  'usage operation': ({ usageOperation }) => usageOperation,
  TPM: ({ tpm }) => tpm,
  ENA: ({ ena }) => (ena === undefined ? undefined : String(ena)),
  'made from': ({ sourceImageId }) => sourceImageId,
  'product codes': ({ productCodes }) => joined(productCodes.map(({ id, type }) => `${id} (${type})`)),
  disks: ({ disks }) => joined(disks.map(diskWords)),
  tags: ({ tags }) => joined(Object.entries(tags).map(([name, value]) => `${name}=${value}`)),
};

/** In what two AMIs differ, as EC2 describes them. What is in them is told by `regild diff`. */
export function amiChanges(before: Ami, after: Ami): readonly Changed[] {
  return Object.entries(FACETS).flatMap(([what, of]): readonly Changed[] => {
    const [was, is] = [of(before), of(after)];
    if (was === is) return [];
    return [{ what, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}

/** `name web-1 → web-2`; what was not there, or is not any more, is `none`. */
export function changeWords({ what, before = 'none', after = 'none' }: Changed): string {
  return `${what} ${before} → ${after}`;
}

function diskWords({ device, kind, root, sizeGiB, type, encrypted }: Ami['disks'][number]): string {
  const size = sizeGiB === undefined ? '' : ` ${sizeGiB} GiB`;
  return `${root ? 'root ' : ''}${device}${size} ${kind === 'ephemeral' ? 'instance store' : (type ?? 'ebs')}${encrypted ? ' encrypted' : ''}`;
}

function joined(parts: readonly string[]): string | undefined {
  return parts.length === 0 ? undefined : parts.toSorted().join(', ');
}
