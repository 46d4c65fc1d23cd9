import type { Capability, Fit } from '../model/index.ts';

/** What an instance type's name says about its like on Azure; the first rule that matches counts (guide, "Capability mismatches" and "Compute"). */
const RULES: readonly { readonly types: RegExp; readonly fit: Fit; readonly reason: string }[] = [
  { types: /^mac/, fit: 'needs another design', reason: 'Azure rents no Macs' },
  { types: /\.metal/, fit: 'needs another design', reason: 'bare metal: a Dedicated Host isolates, but gives no access to the hypervisor' },
  { types: /^(?:inf|trn)\d/, fit: 'needs another design', reason: 'Azure has neither Inferentia nor Trainium: choose a GPU' },
  { types: /-flex\./, fit: 'match with differences', reason: 'only the B series bursts on Azure' },
  { types: /^t\d/, fit: 'direct match', reason: 'the B series bursts likewise' },
  {
    types: /^(?:i|d|h|im|is)\d|^[a-z]+\d[a-z]*d[a-z]*\./,
    fit: 'match with differences',
    reason: 'local disks come with sizes of their own (L series, sizes with a d)',
  },
];
const ORDER: readonly Fit[] = ['needs another design', 'match with differences', 'direct match'];

/** How the sizes of the machines carry over, the hardest one first; undefined where none is known. */
export function sizeCapability(instanceTypes: readonly string[]): Capability | undefined {
  const judged = [...new Set(instanceTypes)].sort().map((type) => ({ type, ...ruleFor(type) }));
  const [worst] = judged.toSorted((a, b) => ORDER.indexOf(a.fit) - ORDER.indexOf(b.fit));
  return worst && { name: 'size', fit: worst.fit, reason: `${worst.type}: ${worst.reason}` };
}

function ruleFor(type: string): { readonly fit: Fit; readonly reason: string } {
  return RULES.find(({ types }) => types.test(type)) ?? { fit: 'direct match', reason: 'a series of the same shape exists' };
}
