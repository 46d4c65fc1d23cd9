import type { FleetStatus } from '../../src/model/index.ts';
import { inFolder } from './command-line.ts';
import { answer } from './in-process.ts';

export const FAST = { REGILD_SANDBOX_SPEED: '5000' };
/** As a user has it who set nothing. */
export const REMEMBERED = { ...FAST, REGILD_SANDBOX_STATE: '' };
export const OWN_FILE = '.regild/sandbox.db';

const image = `
    source: { owner: '123456789012', name: web-golden-*, region: eu-west-1 }
    refresh: { every: 30d }`;

const FLEET = `version: 1
defaults:
  target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
  engine: image-builder
  build:
    identity: /subscriptions/5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder
images:
  web:${image}
  shop:${image}
`;

/** A project with two images of one AMI. */
export const inProject = <Result>(use: (folder: string) => Promise<Result>) => inFolder({ 'images.yaml': FLEET }, use);

/** The states of the versions of each image, as the next command sees them. */
export async function versionsOf(folder: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const { stdout } = await answer(['status', '--json'], { folder, environment: REMEMBERED });
  const { images } = JSON.parse(stdout) as FleetStatus;
  return Object.fromEntries(images.map(({ image: name, versions }) => [name, versions.map(({ state }) => state)]));
}
