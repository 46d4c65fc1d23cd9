/** Method, path below the subscription, and body of a request that others send: Packer, the az CLI, older and newer SDKs. */
export type Step = readonly [method: string, path: string, body?: unknown];

/** What is asked of one provider, in each of the versions that its descriptions have. */
export interface Stranger {
  readonly provider: string;
  readonly versions: readonly string[];
  readonly steps: (subscription: string) => readonly Step[];
}

export const GROUP = 'resourceGroups/rg-images';
export const COMPUTE = `${GROUP}/providers/Microsoft.Compute`;
export const NETWORK = `${GROUP}/providers/Microsoft.Network`;
export const UBUNTU = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' };
/** What every tracked resource has, with a tag as users write them. */
export const WEST = { location: 'westeurope', tags: { team: 'web', hostile: '${env("PATH")}"; rm -rf / #' } };
