import type { VirtualMachineScaleSet } from '@azure/arm-compute';
import type { ClaimRef, Tags } from '../../model/index.ts';
import type { Claims, Wanted } from '../../ports.ts';
import { cancellable } from './connection/cancellable.ts';
import type { AzureConnection } from './connection/index.ts';
import { type AzureAttempt, asAzure, hasStatus, isConflict, unlessMissing } from './errors/index.ts';
import { groupId } from './ids.ts';

/** The statuses with which the service refuses a conditional write, since what it would replace is another one, or is being written. */
const PRECONDITION_FAILED = 412;
/** How often a write that is refused while nothing is there is tried. */
const MOST_REFUSALS = 5;

/**
 * Claims as flexible scale sets without a model, which hold no machine and cost nothing: of the resources that an identity with rights in the group of the
 * gallery can make, Azure promises of VMs and scale sets alone that one request creates them and all others are refused (`If-None-Match: *`), and that
 * who replaces one replaces the one that it read (`If-Match`). Source: azure-rest-api-specs, Microsoft.Compute/ComputeRP,
 * VirtualMachineScaleSets_CreateOrUpdate. That only `platformFaultDomainCount` is needed: terraform-provider-azurerm, the acceptance test
 * TestAccOrchestratedVirtualMachineScaleSet_legacyBasicNonZonal.
 */
export function createClaims(connection: AzureConnection): Claims {
  return {
    take: (ref, wanted, isFree, signal) => take(connection, ref, { ...wanted, isFree, signal }),
    release: (ref, isOwn) => release(connection, ref, isOwn),
  };
}

interface Taking extends Wanted {
  readonly isFree: (tags: Tags) => boolean;
  readonly signal?: AbortSignal | undefined;
}

async function take(connection: AzureConnection, ref: ClaimRef, taking: Taking): Promise<Tags | undefined> {
  let refusal = await write(connection, ref, taking, { ifNoneMatch: '*' });
  for (let refusals = 1; refusal !== undefined; ) {
    const existing = await readClaim(connection, ref, taking.signal);
    if (existing === undefined) {
      if (refusals++ >= MOST_REFUSALS) throw refusal;
      refusal = await write(connection, ref, taking, { ifNoneMatch: '*' });
    } else if (existing.provisioningState === 'Deleting') {
      await asAzure(attempt('read', ref), () => connection.clock.sleep(connection.pollMilliseconds, taking.signal));
    } else if (taking.isFree(existing.tags ?? {})) {
      refusal = await write(connection, ref, taking, { ifMatch: existing.etag ?? '' });
    } else return existing.tags ?? {};
  }
  return undefined;
}

/** The refusal, where another claim stands or stood in the way. */
async function write(
  connection: AzureConnection,
  ref: ClaimRef,
  { location, tags, signal }: Taking,
  condition: { readonly ifNoneMatch: '*' } | { readonly ifMatch: string },
): Promise<unknown> {
  try {
    await asAzure(attempt('write', ref), async () => {
      const { virtualMachineScaleSets } = await connection.compute(ref.subscription);
      const body = { location, tags: { ...tags }, orchestrationMode: 'Flexible', platformFaultDomainCount: 1 };
      const options = { updateIntervalInMs: connection.pollMilliseconds, ...condition, ...cancellable(signal) };
      await virtualMachineScaleSets.createOrUpdate(ref.resourceGroup, ref.name, body, options).pollUntilDone(cancellable(signal));
    });
    return undefined;
  } catch (error) {
    if (isRefused(error)) return error;
    throw error;
  }
}

function isRefused(error: unknown): boolean {
  return isConflict(error) || (error instanceof Error && hasStatus(error.cause, PRECONDITION_FAILED));
}

async function release(connection: AzureConnection, ref: ClaimRef, isOwn: (tags: Tags) => boolean): Promise<void> {
  const existing = await readClaim(connection, ref);
  if (existing === undefined || !isOwn(existing.tags ?? {})) return;
  await removeClaim(connection, ref);
}

/** Deletes a claim; one that is gone is fine. Resolves when the service has taken the request. */
export async function removeClaim(connection: AzureConnection, ref: ClaimRef): Promise<void> {
  await unlessMissing(attempt('delete', ref), async () => {
    const { virtualMachineScaleSets } = await connection.compute(ref.subscription);
    await virtualMachineScaleSets.delete(ref.resourceGroup, ref.name).submitted();
  });
}

/** Undefined when there is none. */
export function readClaim(connection: AzureConnection, ref: ClaimRef, signal?: AbortSignal): Promise<VirtualMachineScaleSet | undefined> {
  return unlessMissing(attempt('read', ref), async () => {
    const { virtualMachineScaleSets } = await connection.compute(ref.subscription);
    return virtualMachineScaleSets.get(ref.resourceGroup, ref.name, cancellable(signal));
  });
}

function attempt(verb: 'read' | 'write' | 'delete', { subscription, resourceGroup, name }: ClaimRef): AzureAttempt {
  return {
    doing: `${verb} the claim ${name}`,
    action: `Microsoft.Compute/virtualMachineScaleSets/${verb}`,
    scope: groupId(subscription, resourceGroup),
  };
}
