import { ArmError } from '../../errors.ts';
import type { World } from '../../world.ts';
import { galleryImage, managedImage, platformImage, type SourceImage } from '../source-image.ts';
import { requireTerms } from '../virtual-machines/image-of-vm.ts';
import { refused } from './problem.ts';
import type { Source } from './schema.ts';

/** The image that a template builds on. Throws with the provisioning error code of its kind of source. */
export function sourceOf(source: Source, location: string, world: World): SourceImage {
  const code =
    source.type === 'PlatformImage'
      ? 'BadPIRSource'
      : source.type === 'ManagedImage'
        ? 'BadManagedImageSource'
        : 'BadSharedImageVersionSource';
  const image = attempt(code, () => find(source, location, world));
  if (image.osState !== 'Generalized') throw refused(code, `Not a valid 'source': the image is ${image.osState}, but must be Generalized.`);
  if (image.security === 'TrustedLaunch' || image.security === 'ConfidentialVM') {
    throw refused(code, `Not a valid 'source': an image with security type '${image.security}' is not supported.`);
  }
  if (source.type === 'PlatformImage') checkPlan(source, image, world);
  return image;
}

function find(source: Source, location: string, world: World): SourceImage {
  switch (source.type) {
    case 'PlatformImage':
      return platformImage(source, location, world);
    case 'ManagedImage':
      return managedImage(source.imageId, world);
    case 'SharedImageVersion':
      return galleryImage(source.imageVersionId, location, world);
  }
}

function checkPlan({ planInfo }: Extract<Source, { type: 'PlatformImage' }>, { plan }: SourceImage, world: World): void {
  if (!plan && !planInfo) return;
  if (!plan) throw refused('BadPIRSource', "Not a valid 'source': the image has no plan, but planInfo is given.");
  if (!planInfo) throw refused('BadPIRSource', "Not a valid 'source': missing plan information.");
  if (planInfo.planName !== plan.name || planInfo.planProduct !== plan.product || planInfo.planPublisher !== plan.publisher) {
    throw refused(
      'BadPIRSource',
      `Not a valid 'source': planInfo is not the plan of the image (name '${plan.name}', product '${plan.product}', publisher '${plan.publisher}').`,
    );
  }
  attempt('BadPIRSource', () => requireTerms(plan, world));
}

function attempt<Result>(code: string, work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof ArmError)
      throw refused(
        code,
        `Not a valid 'source': ${[thrown.error, ...(thrown.error.details ?? [])].map(({ message }) => message).join(' ')}`,
      );
    throw thrown;
  }
}
