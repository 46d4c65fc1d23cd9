import { ArmError, armError } from '../../errors.ts';
import { nameOf, parseId } from '../../ids.ts';
import { at, objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import { termsAccepted } from '../marketplace-agreements.ts';
import type { Draft } from '../resource-kind.ts';
import { galleryImage, managedImage, type Plan, platformImage, type SourceImage } from '../source-image.ts';

/** The image that a VM request names. Throws when there is none, when its plan is missing or wrong, or when osProfile does not fit its state. */
export function imageOfVm({ id, call, location, properties }: Draft, world: World): SourceImage {
  const image = resolve(objectAt(properties, 'storageProfile', 'imageReference'), location, world);
  requirePlan(id, image.plan, at(call.body, 'plan'));
  if (image.plan) requireTerms(image.plan, world);
  requireOsProfile(image.osState, at(properties, 'osProfile'));
  return image;
}

function resolve(reference: unknown, location: string, world: World): SourceImage {
  const id = textAt(reference, 'id');
  if (id === undefined) return platformImage(reference, location, world);
  switch (parseId(id).type.toLowerCase()) {
    case 'microsoft.compute/galleries/images':
    case 'microsoft.compute/galleries/images/versions':
      return galleryImage(id, location, world);
    case 'microsoft.compute/images':
      return managedImage(id, world);
    default:
      throw armError(400, 'InvalidParameter', `The value '${id}' of parameter imageReference.id is invalid.`, 'imageReference.id');
  }
}

function requirePlan(vm: string, wanted: Plan | undefined, given: unknown): void {
  if (!wanted && given === undefined) return;
  if (!wanted)
    throw armError(400, 'VMMarketplaceInvalidInput', `The image of VM '${vm}' has no plan, but plan information was given in the request.`);
  if (given === undefined) {
    const message = `Creating a virtual machine from Marketplace image or a custom image sourced from a Marketplace image requires Plan information in the request. VM: '${vm}'.`;
    throw armError(400, 'VMMarketplaceInvalidInput', message);
  }
  const equal =
    textAt(given, 'name') === wanted.name && textAt(given, 'product') === wanted.product && textAt(given, 'publisher') === wanted.publisher;
  if (equal) return;
  const message = `Unable to deploy from the Marketplace image or a custom image sourced from Marketplace image. The part number in the purchase information for VM '${nameOf(vm)}' is not as expected. Beware that the Plan object's properties are case-sensitive.`;
  throw armError(400, 'VMMarketplaceInvalidInput', message);
}

/** Throws MarketplacePurchaseEligibilityFailed where the subscription has not accepted the terms of the plan. */
export function requireTerms({ publisher, product, name }: Plan, world: World): void {
  if (termsAccepted(world, publisher, product, name)) return;
  const inner = `You have not accepted the legal terms on this subscription: '${world.subscription}' for this plan. Before the subscription can be used, you need to accept the legal terms of the image. Plan: '${name}', Offer: '${product}', Publisher: '${publisher}'.`;
  const message = 'Marketplace purchase eligibilty check returned errors. See inner errors for details.';
  const details = [{ code: 'ResourcePurchaseValidationFailed', message: inner }];
  throw new ArmError(400, { code: 'MarketplacePurchaseEligibilityFailed', message, details });
}

function requireOsProfile(state: string, profile: unknown): void {
  if (state === 'Generalized' && profile === undefined)
    throw armError(400, 'InvalidParameter', "Required parameter 'osProfile' is missing (null).", 'osProfile');
  if (state === 'Specialized' && profile !== undefined)
    throw armError(400, 'InvalidParameter', "Parameter 'osProfile' is not allowed.", 'osProfile');
}
