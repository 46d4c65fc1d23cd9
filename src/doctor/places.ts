import type { Engine, ImageSpec } from '../model/index.ts';
import type { Context } from '../ports.ts';

/** Where to look: what the images of a manifest name, or the environment where there is no manifest. */
export interface Places {
  /** AWS regions that AMIs are read in. */
  readonly regions: readonly string[];
  /** Where versions are written; the resource group is not known without a manifest. */
  readonly targets: readonly { readonly subscription: string; readonly resourceGroup?: string }[];
  readonly engines: readonly Engine[];
}

export type Doctor = Context<'ec2' | 'subscription' | 'packer'>;

/** The places that images name, each once. */
export function placesOf(specs: readonly ImageSpec[]): Places {
  const regions = specs.flatMap(({ source }) => ('region' in source ? [source.region] : []));
  const targets = specs.map(({ target: { subscription, resourceGroup } }) => ({ subscription, resourceGroup }));
  const distinct = new Map(targets.map((target) => [`${target.subscription}/${target.resourceGroup}`.toLowerCase(), target]));
  return { regions: [...new Set(regions)], targets: [...distinct.values()], engines: [...new Set(specs.map(likelyEngine))] };
}

/** What `auto` takes of an image whose plan asks for nothing unusual: the service, where it has an identity to work as. */
function likelyEngine({ engine, build }: ImageSpec): Engine {
  if (engine !== 'auto') return engine;
  return build.identity === undefined ? 'packer' : 'image-builder';
}
