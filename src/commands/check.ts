import { dirname } from 'node:path';
import { Option } from 'commander';
import { lintManifest } from '../lint/index.ts';
import { blocks, ExitCode, type ManifestCheck } from '../model/index.ts';
import { renderCheck } from '../report/manifest-check.ts';
import { annotate } from './annotate.ts';
import type { Io, Verb } from './command.ts';
import { createAssets } from './files.ts';
import { catalogFor, installation } from './installation.ts';
import { tellQuality } from './job-report.ts';
import { readManifestText, refuseUnknown } from './manifest.ts';
import { print } from './print.ts';

interface CheckFlags {
  readonly manifest: string;
  readonly json?: true;
}

/** Everything that can be said of the manifest without a cloud and without credentials. */
export const checkVerb: Verb = (program, run) =>
  program
    .argument('[images...]', 'names from the manifest; none = all')
    .addOption(new Option('-f, --manifest <file>', 'the manifest').default('images.yaml').env('REGILD_MANIFEST'))
    .option('--json', 'print what was found as JSON on stdout')
    .action((names: string[], flags: CheckFlags) =>
      run(async (io) => {
        const check = await look(names, flags.manifest, io);
        annotate(check.issues, io);
        await tellQuality(check.issues, io);
        const format = flags.json ? 'json' : 'text';
        print(renderCheck(check, format), format, io);
        return check.issues.some(blocks) ? ExitCode.usage : ExitCode.ok;
      }),
    );

async function look(names: readonly string[], file: string, io: Io): Promise<ManifestCheck> {
  const { path, text } = await readManifestText(file, io);
  const assets = createAssets(installation(), dirname(path));
  const check = await lintManifest({ text, file, environment: io.environment, catalog: await catalogFor(io), assets });
  if (names.length === 0) return check;
  const spoilt = check.images.length === 0;
  if (!spoilt) refuseUnknown(names, check.images, file);
  const concerns = (image: string | undefined) => image === undefined || names.includes(image);
  return { ...check, images: check.images.filter(concerns), issues: check.issues.filter(({ image }) => concerns(image)) };
}
