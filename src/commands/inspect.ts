import { Option } from 'commander';
import type { InsideFacts } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { ExitCode, type Inventory } from '../model/index.ts';
import { INVENTORY_FORMATS, type InventoryFormat, renderInventory } from '../report/inventory/index.ts';
import { type ParityFormat, renderParity } from '../report/inventory/parity.ts';
import type { Io, Verb } from './command.ts';
import type { Inspected } from './inspected.ts';
import { insideFactsFor, version } from './installation.ts';
import { compareSides, look, withAncestor } from './look-inside.ts';
import { command } from './next-steps.ts';
import { goOn, print as printAs } from './print.ts';

interface InspectFlags {
  readonly format: InventoryFormat;
  readonly json?: true;
  readonly sbom?: true;
  readonly against?: string;
  readonly ancestor?: string;
  readonly propose?: true;
  readonly to?: string;
  readonly write?: string;
  readonly record?: string;
  readonly dryRun?: true;
  readonly runs: string;
  readonly manifest: string;
  readonly region?: string;
  readonly sandbox?: true;
}

/** What is in an image: from a disk in a file, a folder, or an inventory that was saved; how it differs from another; what carries it over. */
export const inspectVerb: Verb = (program, run) =>
  program
    .argument(
      '<subject>',
      'the id of an AMI or an instance, an image of the manifest, a disk in a file, a folder with a root file system, or an inventory (.json, .tsv)',
    )
    .addOption(new Option('--format <format>', 'how to print it').choices([...INVENTORY_FORMATS]).default('text'))
    .option('--json', 'print the inventory, comparison or proposal as JSON on stdout')
    .option('--sbom', 'print the packages as CycloneDX JSON on stdout')
    .addOption(
      new Option('--against <subject>', 'compare it with another image, such as the one made from it').conflicts([
        'sbom',
        'propose',
        'write',
      ]),
    )
    .addOption(
      new Option(
        '--ancestor <subject>',
        'what the image was made from: what that has as well, nobody added (default for a proposal and a comparison: the nearest AMI of its line whose disk may be read)',
      ).conflicts(['sbom', 'record']),
    )
    .addOption(new Option('--propose', 'print the `customize:` steps that carry its content over').conflicts('sbom'))
    .option('--to <system>', 'the system of the base for a proposal, as os-release names it, for example rhel or ubuntu:24.04')
    .option('--write <image>', 'put the proposal into that entry of the manifest, and its files into content/<image>/')
    .addOption(
      new Option('--record <image@version>', 'keep the inventory and its bill of materials with the record of that version').conflicts([
        'sbom',
        'against',
        'propose',
        'write',
      ]),
    )
    .addOption(
      new Option('--dry-run', 'for --record: say where it would be kept, write nothing; --propose is that for --write').conflicts('write'),
    )
    .addOption(new Option('--runs <folder>', 'for --record: where run folders are kept').default('.regild/runs').env('REGILD_RUNS'))
    .addOption(
      new Option('-f, --manifest <file>', 'the manifest of an image, for --write and --record')
        .default('images.yaml')
        .env('REGILD_MANIFEST'),
    )
    .option('--region <name>', 'AWS region of an AMI or an instance')
    .option('--sandbox', 'speak to the embedded sandbox clouds instead of AWS')
    .option('-v, --verbose', 'show details of failures')
    .action((subject: string, flags: InspectFlags) =>
      run(async (io) => {
        const work = { flags, io, catalog: await insideFactsFor(io) };
        await look(subject, work, (inspected) => answer(subject, inspected, work));
        return ExitCode.ok;
      }),
    );

interface Work {
  readonly flags: InspectFlags;
  readonly io: Io;
  readonly catalog: InsideFacts;
}

async function answer(subject: string, found: Inspected, work: Work): Promise<void> {
  const { flags, io } = work;
  const isJudged = flags.against !== undefined || flags.write !== undefined || flags.propose;
  const inspected =
    isJudged || flags.ancestor !== undefined ? { ...found, inventory: await withAncestor(found, flags.ancestor, work) } : found;
  if (flags.against !== undefined) return compare(inspected.inventory, flags.against, work);
  if (flags.write !== undefined || flags.propose) {
    const { answerProposal } = await import('./inspect-proposal.ts');
    return answerProposal(subject, inspected, work);
  }
  if (flags.record !== undefined) {
    const { recordInventory } = await import('./record-inventory.ts');
    const places = await recordInventory(inspected.inventory, flags.record, flags, io);
    const done = flags.dryRun ? 'would record ' : 'record       ';
    for (const { place, had } of places) io.diagnostics.write(`${had ? 'has one      ' : done}${place}\n`);
    return;
  }
  const format = flags.sbom ? 'cyclonedx' : flags.json ? 'json' : flags.format;
  printAs(renderInventory(inspected.inventory, format, { version }), format, io);
  if (format === 'text')
    goOn(`${command(['inspect', subject, '--propose'], flags)} prints the steps that carry its content over`, false, io);
}

async function compare(before: Inventory, against: string, work: Work): Promise<void> {
  const { flags, io, catalog } = work;
  const parity = await look(against, work, async ({ inventory: after }) => compareSides(before, after, catalog));
  const format = flags.json ? 'json' : parityFormat(flags.format);
  printAs(renderParity(parity, format), format, io);
  if (format === 'text') goOn('each line that is not explained is a step that `customize:` lacks', false, io);
}

function parityFormat(format: InventoryFormat): ParityFormat {
  if (format !== 'cyclonedx') return format;
  throw new RegildError('USAGE', 'a comparison is no bill of materials', { hint: 'take text, markdown, json or html' });
}
