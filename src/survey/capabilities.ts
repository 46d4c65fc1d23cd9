import type { AmiUse, Capability, Fit } from '../model/index.ts';
import type { Judged } from './judged.ts';
import { disksCapability, type MachineFacts, sizeCapability } from './machine-capabilities.ts';

/** How each capability of an AMI carries over to Azure; those that nothing is known of are left out. */
export function capabilitiesOf(
  judged: Judged,
  warnings: readonly string[],
  use: AmiUse | undefined,
  facts: MachineFacts,
): readonly Capability[] {
  return [
    image(judged, warnings),
    boot(judged, warnings),
    licence(judged),
    disksCapability(judged.ami, warnings, facts),
    agents(judged),
    sizeCapability(use?.instances?.map(({ type }) => type) ?? [], judged.ami.disks, facts),
  ].filter((capability) => capability !== undefined);
}

function image({ match, analysis }: Judged, warnings: readonly string[]): Capability | undefined {
  const fits = (fit: Fit, reason: string): Capability => ({ name: 'image', fit, reason });
  switch (match.verdict) {
    case 'unsupported':
      return fits('needs another design', 'nothing on Azure can carry it');
    case 'different-service':
      return fits('needs another design', 'another Azure service does its job');
    case 'vendor':
      return analysis.product?.value === undefined
        ? undefined
        : fits('match with differences', "the vendor's own offer is deployed anew, its configuration carried over");
    case 'catalog':
    case 'rebuild':
      if (match.chosen === undefined) return undefined;
      if (warnings.includes('no-azure-equivalent')) return fits('match with differences', 'rebased on another distribution');
      if (match.issues.some(({ code }) => code === 'GUEST_UNSUPPORTED')) {
        return fits('match with differences', 'the Marketplace image is deployed as it is and configured at its first boot');
      }
      if (match.verdict === 'rebuild') return fits('match with differences', 'its content is rebuilt on a clean base by a recipe');
      return match.chosen.differences.length === 0
        ? fits('direct match', 'the Marketplace has the same image')
        : fits('match with differences', match.chosen.differences[0] ?? '');
  }
}

function boot({ analysis, match }: Judged, warnings: readonly string[]): Capability | undefined {
  const fits = (fit: Fit, reason: string): Capability => ({ name: 'boot', fit, reason });
  if (warnings.includes('32-bit')) return fits('needs another design', 'no base boots a 32-bit system');
  if (warnings.includes('paravirtual'))
    return fits('needs another design', 'a paravirtual disk has no boot loader: only a clean base boots');
  const mode = analysis.bootMode.value;
  const generation = match.chosen?.generation;
  if (mode === undefined || generation === undefined) return undefined;
  const same = (mode === 'legacy-bios') === (generation === 'V1');
  return same
    ? fits('direct match', `${mode} is what generation ${generation} boots`)
    : fits(
        'match with differences',
        `the AMI boots ${mode}, a generation ${generation} base does not: the base brings its own boot loader`,
      );
}

function licence({ analysis, match }: Judged): Capability | undefined {
  const fits = (fit: Fit, reason: string): Capability => ({ name: 'licence', fit, reason });
  const target = match.chosen?.licence;
  switch (analysis.licence.value) {
    case 'free':
      return target === undefined || target === 'free'
        ? fits('direct match', 'free of charge')
        : fits('match with differences', `the AMI is free, the base is ${target}`);
    case 'payg':
      return fits('match with differences', 'AWS bills it by the hour: Azure bills it anew, or a licence is brought along');
    case 'byos':
      return fits('match with differences', 'the subscription must cover Azure too');
    case 'vendor':
      return fits('match with differences', "the vendor's terms on AWS do not reach to Azure: its offer there has its own");
    default:
      return undefined;
  }
}

function agents({ match }: Judged): Capability | undefined {
  switch (match.verdict) {
    case 'catalog':
      return { name: 'agents', fit: 'direct match', reason: "a Marketplace image brings Azure's agent" };
    case 'rebuild':
      return { name: 'agents', fit: 'match with differences', reason: "AWS agents are left out, Azure's take their place" };
    default:
      return undefined;
  }
}
