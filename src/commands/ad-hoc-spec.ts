import { RegildError } from '../errors.ts';
import { parseManifest } from '../manifest/index.ts';
import type { ImageSpec } from '../model/index.ts';
import { SANDBOX_SUBSCRIPTION } from './clouds.ts';

/** A spec for an AMI that stands in no manifest: only good for reading, with every default. Throws USAGE when the region is missing. */
export function adHocSpec(ami: string, region: string | undefined): ImageSpec {
  if (!region)
    throw new RegildError('USAGE', `the region of ${ami} is not given`, { hint: 'add --region, for example --region eu-west-1' });
  const manifest = {
    version: 1,
    images: {
      [ami]: {
        source: { ami, region },
        engine: 'image-builder',
        target: { subscription: SANDBOX_SUBSCRIPTION, resourceGroup: 'rg-images', gallery: 'gal_golden', location: 'northeurope' },
      },
    },
  };
  const { specs, issues } = parseManifest(JSON.stringify(manifest), 'command line', {});
  const [spec] = specs;
  if (spec) return spec;
  throw new RegildError('USAGE', `${ami} in ${region} cannot be explained`, { issues });
}
