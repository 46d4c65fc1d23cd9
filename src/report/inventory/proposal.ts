import type { Proposal } from '../../model/index.ts';
import { visible } from '../encode.ts';

/** The fidelity of a proposal and what it leaves behind, as YAML comments: they can stand below the steps. */
export function proposalNotes({ fidelity, left }: Proposal): string {
  const counts = fidelity.map(
    ({ kind, carried, replaced, left: behind }) => `${kind}: ${carried} carried, ${replaced} replaced, ${behind} left`,
  );
  const lines = [
    `fidelity: ${counts.length === 0 ? 'nothing that people made was found' : counts.join('; ')}`,
    ...left.map(({ kind, name, reason }) => `left: ${kind} ${name}: ${reason}`),
  ];
  return lines.map((line) => `# ${visible(line)}\n`).join('');
}
