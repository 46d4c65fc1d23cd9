import { Option } from 'commander';
import { ExitCode } from '../model/index.ts';
import { lineage } from '../published.ts';
import { renderLineage } from '../report/lineage.ts';
import type { Verb } from './command.ts';
import { withFleet } from './living.ts';

interface LineageFlags {
  readonly manifest: string;
  readonly of?: string;
  readonly json?: true;
  readonly sandbox?: true;
}

/** Where published versions come from and who runs them; and backwards, what stands on an AMI, a base or a version. */
export const lineageVerb: Verb = (program, run) =>
  program
    .argument('[images...]', 'names from the manifest; none = all')
    .addOption(new Option('-f, --manifest <file>', 'the manifest').default('images.yaml').env('REGILD_MANIFEST'))
    .option('--of <what>', 'only what stands on this AMI, base (publisher:offer:sku[:version]) or version')
    .option('--json', 'print the versions as JSON on stdout')
    .option('--sandbox', 'speak to the embedded sandbox clouds instead of AWS and Azure')
    .option('-v, --verbose', 'show details of failures')
    .action((images: string[], flags: LineageFlags) =>
      run(async (io) => {
        const found = await withFleet(images, { ...flags, cache: true }, io, (context, { specs }) => lineage(specs, context, flags.of));
        io.out(renderLineage(found, flags.json ? 'json' : 'text'));
        return flags.of !== undefined && found.versions.length === 0 ? ExitCode.notFound : ExitCode.ok;
      }),
    );
