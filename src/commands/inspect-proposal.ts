import type { InsideFacts } from '../catalog/schema.ts';
import { proposalYaml } from '../manifest/propose.ts';
import { proposalNotes } from '../report/inventory/proposal.ts';
import { printedJson } from '../report/print-json.ts';
import type { Io } from './command.ts';
import type { Inspected } from './inspected.ts';
import { command } from './next-steps.ts';
import { goOn } from './print.ts';
import { proposalFor } from './proposal-for.ts';
import { writeToManifest } from './write-proposal.ts';

/** What of the verb's flags a proposal is made by. */
export interface ProposalFlags {
  readonly json?: true;
  readonly to?: string;
  /** The entry of the manifest that it is put into; absent to print it. */
  readonly write?: string;
  readonly manifest: string;
  readonly region?: string;
  readonly sandbox?: true;
}

/** Prints the steps that carry an image's content over, or puts them into the manifest. Throws USAGE, MANIFEST_NOT_FOUND and what writing refuses. */
export async function answerProposal(
  subject: string,
  inspected: Inspected,
  { flags, io, catalog }: { readonly flags: ProposalFlags; readonly io: Io; readonly catalog: InsideFacts },
): Promise<void> {
  const image = flags.write ?? '<image>';
  const proposal = proposalFor(inspected.inventory, { to: flags.to, folder: `content/${image}`, catalog });
  if (flags.write !== undefined) {
    const told = await writeToManifest({ proposal, image, manifest: flags.manifest, tree: inspected.tree }, io);
    io.tell(`${told}${proposalNotes(proposal)}`);
    return goOn(command(['plan', image], flags), flags.json, io);
  }
  io.out(flags.json ? printedJson(proposal) : `${proposalYaml(proposal)}${proposalNotes(proposal)}`, 'exact');
  goOn(`${command(['inspect', subject, '--write', image], flags)} puts them into the manifest`, flags.json, io);
}
