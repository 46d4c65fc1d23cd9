import { Option } from 'commander';
import { ExitCode } from '../model/index.ts';
import { lineage } from '../published.ts';
import { LINEAGE_FORMATS, type LineageFormat, renderLineage } from '../report/lineage/index.ts';
import type { Verb } from './command.ts';
import { runFolders } from './known-runs.ts';
import { withFleet } from './living.ts';
import { command } from './next-steps.ts';
import { goOn, print } from './print.ts';

interface LineageFlags {
  readonly manifest: string;
  readonly of?: string;
  readonly runs: string;
  readonly format: LineageFormat;
  readonly json?: true;
  readonly sandbox?: true;
}

/** Where published versions come from and who runs them; and backwards, what stands on an AMI, a base or a version. */
export const lineageVerb: Verb = (program, run) =>
  program
    .argument('[images...]', 'names from the manifest; none = all')
    .addOption(new Option('-f, --manifest <file>', 'the manifest').default('images.yaml').env('REGILD_MANIFEST'))
    .option('--of <what>', 'only what stands on this AMI, base (publisher:offer:sku[:version]) or version')
    .addOption(new Option('--format <format>', 'how to print it').choices([...LINEAGE_FORMATS]).default('text'))
    .option('--json', 'print the versions as JSON on stdout')
    .option('--sandbox', 'speak to the embedded sandbox clouds instead of AWS and Azure')
    .addOption(new Option('--runs <folder>', 'where run folders are kept').default('.regild/runs').env('REGILD_RUNS'))
    .option('-v, --verbose', 'show details of failures')
    .action((images: string[], flags: LineageFlags) =>
      run(async (io) => {
        const found = await withFleet(images, { ...flags, cache: true }, io, (context, { specs }) =>
          lineage(specs, context, { of: flags.of, folderOf: runFolders(flags.runs, io) }),
        );
        const format = flags.json ? 'json' : flags.format;
        print(renderLineage(found, format), format, io);
        goOn(`${command(['status'], flags)} shows how the versions stand`, flags.json, io);
        return flags.of !== undefined && found.versions.length === 0 ? ExitCode.notFound : ExitCode.ok;
      }),
    );
