import { scalar } from './propose.ts';

/** What the first manifest of a team names; what it does not say stands in it as a value to change. */
export interface FirstManifest {
  readonly image: string;
  readonly source:
    | { readonly kind: 'ami'; readonly ami: string; readonly region: string }
    | { readonly kind: 'search'; readonly owner: string; readonly name: string; readonly region: string };
  /** Subscription id; undefined = taken from AZURE_SUBSCRIPTION_ID. */
  readonly subscription: string | undefined;
  readonly resourceGroup: string;
  readonly gallery: string;
  /** Azure location that the image is built in. */
  readonly location: string;
}

/** File beside the manifest that its first line names for editors. */
export const SCHEMA_FILE = 'images.schema.json';

/** The text of a manifest with one image. Values are encoded; whether they are valid is for `parseManifest` to say. */
export function firstManifest({ image, source, subscription, resourceGroup, gallery, location }: FirstManifest): string {
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
    gallery: ${scalar(gallery)}
    location: ${scalar(location)}
  build:
    # VM Image Builder works as this user-assigned identity (docs/reference/permissions.md); without one Packer builds, which must be installed.
    identity: ${identity}

images:
  ${scalar(image)}:
    source: { ${sourceKeys(source)} }
    # What made the AMI golden, in order: packages, files, shell lines, playbooks.
    customize: []
`;
}

function sourceKeys(source: FirstManifest['source']): string {
  const { region } = source;
  switch (source.kind) {
    case 'ami':
      return `ami: ${scalar(source.ami)}, region: ${scalar(region)}`;
    case 'search':
      return `owner: ${JSON.stringify(source.owner)}, name: ${JSON.stringify(source.name)}, region: ${scalar(region)}`;
  }
}
