import { armError } from '../../errors.ts';
import { normalLocation } from '../../ids.ts';
import type { DefinitionProperties } from './schema.ts';
import type { VersionSource } from './version-source.ts';

/** Checks that a source fits the definition it is to become a version of, worded as troubleshooting-shared-images.md has it. Throws Conflict or InvalidParameter. */
export function checkSource(source: VersionSource, definition: DefinitionProperties, location: string): void {
  const { id } = source;
  if (source.location !== undefined && normalLocation(source.location) !== normalLocation(location)) {
    throw armError(
      404,
      'NotFound',
      `Source '${id}' is not found. Please check source exists, and is in the same region as gallery image version being created.`,
    );
  }
  checkSecurity(source, definition);
  differs(id, 'Hypervisor generation', source.generation, definition.hyperVGeneration, 'Hypervisor generation');
  differs(id, 'OS type', source.osType, definition.osType, 'OS type generation');
  differs(id, 'architecture', source.architecture, definition.architecture, 'architecture');
  if (source.osState !== undefined && source.osState !== definition.osState) {
    const text = `Cannot create Gallery Image Version from: '${id}' since the OS State in the parent gallery image ('${definition.osState}') is not '${source.osState}'.`;
    throw armError(409, 'Conflict', text);
  }
  checkPlan(source, definition);
}

/**
 * A definition that makes Gen2 or Trusted Launch VMs takes sources without VM guest state, and a VM is none of them (packer-plugin-azure#304);
 * one for Trusted Launch or confidential VMs alone takes those VMs, and any other takes standard ones.
 */
function checkSecurity({ id, kind, security }: VersionSource, { features }: DefinitionProperties): void {
  const wanted = features?.find(({ name }) => name === 'SecurityType')?.value ?? 'Standard';
  if (kind !== 'vm' || security === wanted) return;
  const text = wanted.endsWith('Supported')
    ? `The security type '${wanted}' is not supported for the source id '${id}'. Currently only Vhd Blob, User Image and Gallery Image Version sources are supported for '${wanted}' images.`
    : `The security type '${security}' of the source id '${id}' does not match the security type '${wanted}' of the parent gallery image.`;
  throw armError(400, 'InvalidParameter', text, 'galleryImageVersion.properties.storageProfile.source.id');
}

function differs(id: string, what: string, source: string | undefined, definition: string | null | undefined, parent: string): void {
  if (source === undefined || !definition || source === definition) return;
  throw armError(
    409,
    'Conflict',
    `The resource with id '${id}' has a different ${what} ['${source}'] than the parent gallery image ${parent} ['${definition}'].`,
  );
}

/** A VHD does not say under which plan it was sold. */
function checkPlan({ id, kind, plan }: VersionSource, { purchasePlan }: DefinitionProperties): void {
  if (kind === 'vhd') return;
  const parent = purchasePlan ? planText(purchasePlan) : 'null';
  const own = plan ? planText(plan) : 'null';
  if (own.toLowerCase() === parent.toLowerCase()) return;
  throw armError(
    409,
    'Conflict',
    `The resource with id '${id}' has a different plan ['${own}'] than the parent gallery image plan ['${parent}'].`,
  );
}

function planText(plan: {
  readonly name?: string | undefined;
  readonly publisher?: string | undefined;
  readonly product?: string | undefined;
}): string {
  return JSON.stringify({ name: plan.name, publisher: plan.publisher, product: plan.product });
}
