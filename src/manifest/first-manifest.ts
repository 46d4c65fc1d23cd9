import type { Proposal } from '../model/index.ts';
import { comment, proposalYaml, scalar } from './propose.ts';

/** Where an image of the first manifest comes from. */
export type FirstSource =
  | { readonly kind: 'ami'; readonly ami: string; readonly region: string }
  | { readonly kind: 'search'; readonly owner: string; readonly name: string; readonly region: string }
  /** Path as seen from the manifest. */
  | { readonly kind: 'disk' | 'inventory'; readonly path: string };

/** An entry of the first manifest. */
export interface FirstImage {
  readonly name: string;
  readonly source: FirstSource;
  /** Azure location, where it is another than the manifest's. */
  readonly location?: string | undefined;
  /** What a reader is told above the entry, a line each. */
  readonly notes?: readonly string[];
  /** What carries over what people put into it; absent where nobody looked. */
  readonly proposal?: Pick<Proposal, 'steps' | 'components'>;
}

/** What the first manifest of a team names; what it does not say stands in it as a value to change. */
export interface FirstManifest {
  readonly images: readonly FirstImage[];
  /** Subscription id; undefined = taken from AZURE_SUBSCRIPTION_ID. */
  readonly subscription: string | undefined;
  readonly resourceGroup: string;
  readonly gallery: string;
  /** Azure location that images are built in. */
  readonly location: string;
}

/** File beside the manifest that its first line names for editors. */
export const SCHEMA_FILE = 'images.schema.json';

/** The text of a manifest with these images. Values are encoded; whether they are valid is for `parseManifest` to say. */
export function firstManifest({ images, subscription, resourceGroup, gallery, location }: FirstManifest): string {
  const variable = '${AZURE_SUBSCRIPTION_ID}';
  const account = subscription === undefined ? variable : scalar(subscription);
  const literal = (value: string) => value.replaceAll('${', () => '$${');
  const group = `/subscriptions/${subscription === undefined ? variable : literal(subscription)}/resourceGroups/${literal(resourceGroup)}`;
  const identity = JSON.stringify(`${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder`);
  return `# yaml-language-server: $schema=./${SCHEMA_FILE}
# What is not said is decided by regild and explained: \`regild explain\`
version: 1

defaults:
  target:
    subscription: ${account}
    resourceGroup: ${scalar(resourceGroup)}
    gallery: ${scalar(gallery)} # made when it is not there
    location: ${scalar(location)} # where images are built and, without \`regions\`, published
  build:
    # VM Image Builder works as this user-assigned identity (docs/reference/permissions.md); without one Packer builds, which must be installed.
    identity: ${identity}

images:
${images.map(entry).join('\n')}`;
}

function entry({ name, source, location, notes = [], proposal }: FirstImage): string {
  const steps = proposal === undefined ? '' : proposalYaml(proposal, 4);
  return [
    ...notes.map((note) => comment(note)),
    `  ${scalar(name)}:`,
    `    source: { ${sourceKeys(source)} }`,
    ...(location === undefined ? [] : [`    target: { location: ${scalar(location)} }`]),
    ...(steps === ''
      ? ['    # What made the AMI golden, in order: packages, files, shell lines, playbooks.', '    customize: []\n']
      : [steps]),
  ].join('\n');
}

function sourceKeys(source: FirstSource): string {
  switch (source.kind) {
    case 'ami':
      return `ami: ${scalar(source.ami)}, region: ${scalar(source.region)}`;
    case 'search':
      return `owner: ${JSON.stringify(source.owner)}, name: ${JSON.stringify(source.name)}, region: ${scalar(source.region)}`;
    case 'disk':
    case 'inventory':
      return `${source.kind}: ${scalar(source.path)}`;
  }
}
