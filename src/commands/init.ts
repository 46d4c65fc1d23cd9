import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Option } from 'commander';
import { RegildError } from '../errors.ts';
import { shellWord } from '../guest/quote.ts';
import { type FirstManifest, firstManifest, SCHEMA_FILE } from '../manifest/first-manifest.ts';
import { manifestJsonSchema, parseManifest } from '../manifest/index.ts';
import { blocks, ExitCode, type InitResult, SCHEMA_VERSION } from '../model/index.ts';
import { visible } from '../report/encode.ts';
import { printedJson } from '../report/print-json.ts';
import { SANDBOX_SUBSCRIPTION } from './clouds.ts';
import type { Io, Verb } from './command.ts';
import { writeNew } from './files.ts';
import { type FirstFlags, firstImages, type Written } from './first-images.ts';
import { catalogFor } from './installation.ts';
import { writeContents } from './write-proposal.ts';

interface InitFlags extends FirstFlags {
  readonly subscription?: string;
  readonly resourceGroup: string;
  readonly gallery: string;
  readonly json?: true;
}

/** Writes the first manifest: of one AMI, of a survey, of a disk, or of the sandbox's AMI, which needs no account. Asks nothing and overwrites nothing. */
export const initVerb: Verb = (program, run) =>
  program
    .argument(
      '[subject]',
      "id of an AMI, a survey (`regild survey --json > survey.json`), or a disk or inventory in a file; none = the sandbox's own AMI, to try regild without an account",
    )
    .addOption(new Option('-f, --manifest <file>', 'where to write').default('images.yaml').env('REGILD_MANIFEST'))
    .option('--region <name>', 'AWS region of the AMI')
    .option('--name <image>', 'name of the image (default: web-golden; those of a survey are named by their AMIs)')
    .option('--inspect', "read the AMI's disk too, and write the steps that carry over what people put into it; a file is read anyway")
    .option('--to <system>', 'for what is read: the system of the base, for example rhel or ubuntu:24.04')
    .option('--sandbox', 'for --inspect: ask the embedded sandbox for the AMI instead of AWS')
    .option('--subscription <id>', 'subscription of the gallery; ${AZURE_SUBSCRIPTION_ID} in the file when not given')
    .option('--resource-group <name>', 'resource group of the gallery', 'rg-images')
    .option('--gallery <name>', 'gallery, created when it does not exist', 'gal_golden')
    .option('--location <name>', "Azure location; the one that stands in for the AMI's region when not given")
    .option('--json', 'print what was written as JSON on stdout')
    .action((subject: string | undefined, flags: InitFlags) =>
      run(async (io) => {
        const { subscription, resourceGroup, gallery } = flags;
        const result = await firstImages(subject, flags, { catalog: await catalogFor(io), io }, ({ isDemo, ...first }, written) => {
          const place = { subscription: subscription ?? (isDemo ? SANDBOX_SUBSCRIPTION : undefined), resourceGroup, gallery };
          return write({ ...first, ...place }, flags.manifest, io, written);
        });
        if (flags.json) io.out(printedJson(result), 'json');
        else io.tell(text(result));
        return ExitCode.ok;
      }),
    );

/** Throws USAGE for values that no manifest may hold, and where the file is there already. */
async function write(first: FirstManifest, file: string, io: Io, written?: Written): Promise<InitResult> {
  const manifest = firstManifest(first);
  const { issues } = parseManifest(manifest, file, { AZURE_SUBSCRIPTION_ID: SANDBOX_SUBSCRIPTION });
  if (issues.some(blocks)) {
    const told = issues.map(({ place: _, ...issue }) => issue);
    throw new RegildError('USAGE', 'the manifest that was asked for would not be valid', { issues: told });
  }
  const path = resolve(io.folder, file);
  if (existsSync(path)) throw isThere(file);
  // Before the manifest that names them: a failure leaves no steps whose files are missing.
  const contents = written === undefined ? [] : await writeContents(...written, dirname(path));
  if (!(await writeFirst(path, manifest))) throw isThere(file);
  const schema = join(dirname(file), SCHEMA_FILE);
  const added = await writeFirst(resolve(io.folder, schema), `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
  const named = file === 'images.yaml' ? '' : ` -f ${shellWord(file)}`;
  const images = first.images.map(({ name }) => name);
  const [image = ''] = images;
  const planned = images.length === 1 ? ` ${shellWord(image)}` : '';
  return {
    kind: 'InitResult',
    schemaVersion: SCHEMA_VERSION,
    files: [file, ...(added ? [schema] : []), ...contents.map((content) => join(dirname(file), content))],
    ...{ image, images },
    next: [`regild check${named}`, `regild plan${planned}${named}`],
  };
}

function isThere(file: string): RegildError {
  return new RegildError('USAGE', `${file} is there already`, { hint: 'name another file with --manifest, or add the image by hand' });
}

/** True when the file was written, false when there is one: what a user has is never replaced. */
async function writeFirst(path: string, text: string): Promise<boolean> {
  try {
    return await writeNew(path, text, { content: 'exact' });
  } catch (error) {
    throw new RegildError('USAGE', `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'name a file in a folder that is there with --manifest',
    });
  }
}

function text({ files, next }: InitResult): string {
  const lines = [...files.map((file) => `written  ${file}`), ...next.map((line) => `next     ${line}`)];
  return lines.map((line) => `${visible(line)}\n`).join('');
}
