import { parseManifest } from '../../src/manifest/index.ts';

/** What a user reads of a manifest: `line:column CODE [image] message | hint` per issue. */
export function told(text: string, environment: Readonly<Record<string, string>> = {}): readonly string[] {
  return parseManifest(text, 'images.yaml', environment).issues.map(({ place, code, image, message, hint }) => {
    const about = image === undefined ? '' : ` [${image}]`;
    return `${place?.line}:${place?.column} ${code}${about} ${message} | ${hint}`;
  });
}

/** A manifest whose defaults hold a whole target and a source, so that each image needs nothing more. */
export function fleetOf(images: string): string {
  return `version: 1
defaults:
  source: { ami: ami-0123456789abcdef0, region: eu-west-1 }
  target: { subscription: 00000000-0000-0000-0000-000000000000, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
images:
${images}`;
}
