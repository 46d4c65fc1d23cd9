import { type Deployment, type ExistingDefinition, featureOf, type Issue, type Reasoned, type VmSize } from '../model/index.ts';
import type { DeployFacts, DeployWish } from './facts.ts';

/** A definition that states False is kept; one that states nothing leaves it to the size. */
export function networkOf(definition: ExistingDefinition, { name, acceleratedNetworking }: VmSize): Reasoned<boolean> {
  const stated = featureOf(definition, 'IsAcceleratedNetworkSupported');
  if (!acceleratedNetworking) return { value: false, reason: `${name} has none` };
  if (stated?.toLowerCase() === 'false') return { value: false, reason: 'the definition states that the image has no driver for it' };
  return { value: true, reason: `${name} has it${stated === undefined ? '' : ', and the definition states that the image supports it'}` };
}

/** Only where it is asked for: what is written to such a disk is lost when the VM is stopped. */
export function ephemeralOf(
  { version, spec }: DeployFacts,
  { ephemeral }: DeployWish,
  { name, ephemeralOsDisk }: VmSize,
): { readonly said: Deployment['ephemeralOsDisk']; readonly issues: readonly Issue[] } {
  const holds = version.sizeGiB;
  const fits = ephemeralOsDisk !== undefined && holds !== undefined && holds <= ephemeralOsDisk.sizeGiB;
  const room = ephemeralOsDisk === undefined ? `${name} has no storage for one` : `${name} has ${ephemeralOsDisk.sizeGiB} GiB for one`;
  const state = `${room}, the image holds ${holds === undefined ? 'an unknown size' : `${holds} GiB`}`;
  if (!ephemeral) {
    const offer = fits ? '; --ephemeral puts it there, where what is written is lost when the VM is stopped' : '';
    return { said: { value: null, reason: `kept on a managed disk, as EBS keeps it; ${state}${offer}` }, issues: [] };
  }
  if (fits) return { said: { value: ephemeralOsDisk.placement, reason: `asked for with --ephemeral; ${state}` }, issues: [] };
  const hint = 'choose a size with more local storage with --size, or leave --ephemeral out';
  const issue: Issue = {
    severity: 'error',
    code: 'DEPLOY_EPHEMERAL',
    message: `the OS disk does not fit onto the host: ${state}`,
    hint,
    image: spec.name,
  };
  return { said: { value: null, reason: state }, issues: [issue] };
}
