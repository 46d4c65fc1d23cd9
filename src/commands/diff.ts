import { Option } from 'commander';
import { compareVersions } from '../compare-versions.ts';
import { RegildError } from '../errors.ts';
import { ExitCode } from '../model/index.ts';
import { renderParity } from '../report/inventory/parity.ts';
import { DIFF_FORMATS, type DiffFormat, renderDiff } from '../report/version-diff.ts';
import type { Io, Verb } from './command.ts';
import { insideFactsFor } from './installation.ts';
import { runFolders } from './known-runs.ts';
import { withFleet } from './living.ts';
import { compareSides, isLookedInto, look } from './look-inside.ts';
import { command } from './next-steps.ts';
import { goOn, print } from './print.ts';

interface DiffFlags {
  readonly manifest: string;
  readonly format: DiffFormat;
  readonly runs: string;
  readonly json?: true;
  readonly region?: string;
  readonly sandbox?: true;
}

/** How two AMIs, disks or inventories differ in what is in them; or how two versions of an image do: source, base, steps, definition, components, checks, regions, tags; and what is in them, where that was kept. */
export const diffVerb: Verb = (program, run) =>
  program
    .argument('<image>', 'name from the manifest; or an AMI id, a disk, a folder or an inventory, to compare it with another')
    .argument('[before]', 'a version; the one published before the other when absent')
    .argument('[after]', 'another one; latest when absent')
    .addOption(new Option('-f, --manifest <file>', 'the manifest').default('images.yaml').env('REGILD_MANIFEST'))
    .addOption(new Option('--format <format>', 'how to print it').choices([...DIFF_FORMATS]).default('text'))
    .option('--json', 'print the comparison as JSON on stdout')
    .option('--region <name>', 'AWS region of AMI ids')
    .option('--sandbox', 'speak to the embedded sandbox clouds instead of AWS and Azure')
    .addOption(new Option('--runs <folder>', 'where run folders are kept').default('.regild/runs').env('REGILD_RUNS'))
    .option('-v, --verbose', 'show details of failures')
    .action((image: string, before: string | undefined, after: string | undefined, flags: DiffFlags) =>
      run(async (io) => {
        if (await isLookedInto(image, io)) {
          await compareSubjects(image, before, flags, io);
          return ExitCode.ok;
        }
        const diff = await withFleet([image], { ...flags, cache: true }, io, (context, { specs: [spec] }) => {
          if (spec === undefined)
            throw new RegildError('IMAGE_UNKNOWN', `${flags.manifest} has no image ${image}`, { hint: 'check the name' });
          return compareVersions(spec, { before, after }, context, runFolders(flags.runs, io));
        });
        const format = flags.json ? 'json' : flags.format;
        print(renderDiff(diff, format), format, io);
        goOn(`${command(['lineage', image], flags)} says who runs which version`, flags.json, io);
        return ExitCode.ok;
      }),
    );

async function compareSubjects(first: string, second: string | undefined, flags: DiffFlags, io: Io): Promise<void> {
  if (second === undefined)
    throw new RegildError('USAGE', `${first} is compared with nothing`, { hint: 'name another AMI, disk, folder or inventory behind it' });
  const where = { flags, io, catalog: await insideFactsFor(io) };
  const before = await look(first, where, async ({ inventory }) => inventory);
  const after = await look(second, where, async ({ inventory }) => inventory);
  const format = flags.json ? 'json' : flags.format;
  print(renderParity(compareSides(before, after, where.catalog), format), format, io);
  goOn(`${command(['inspect', second, '--propose'])} shows the steps that carry the content of ${second} over`, flags.json, io);
}
