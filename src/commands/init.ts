import { writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Option } from 'commander';
import type { Catalog } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { shellWord } from '../guest/quote.ts';
import { type FirstManifest, firstManifest, SCHEMA_FILE } from '../manifest/first-manifest.ts';
import { didYouMean, manifestJsonSchema, parseManifest } from '../manifest/index.ts';
import { mapRegion } from '../map/index.ts';
import { ExitCode, type InitResult, SCHEMA_VERSION } from '../model/index.ts';
import { visible } from '../report/encode.ts';
import { printedJson } from '../report/print-json.ts';
import { SANDBOX_SUBSCRIPTION } from './clouds.ts';
import type { Io, Verb } from './command.ts';
import { catalogFor } from './installation.ts';

interface InitFlags {
  readonly manifest: string;
  readonly region?: string;
  readonly name: string;
  readonly subscription?: string;
  readonly resourceGroup: string;
  readonly gallery: string;
  readonly location?: string;
  readonly json?: true;
}

/** Writes the first manifest: of one AMI, or of the sandbox's, which needs no account. Asks nothing and overwrites nothing. */
export const initVerb: Verb = (program, run) =>
  program
    .argument('[ami]', "id of the AMI; none = the sandbox's own, to try regild without an account")
    .addOption(new Option('-f, --manifest <file>', 'where to write').default('images.yaml').env('REGILD_MANIFEST'))
    .option('--region <name>', 'AWS region of the AMI')
    .option('--name <image>', 'name of the image', 'web-golden')
    .option('--subscription <id>', 'subscription of the gallery; ${AZURE_SUBSCRIPTION_ID} in the file when not given')
    .option('--resource-group <name>', 'resource group of the gallery', 'rg-images')
    .option('--gallery <name>', 'gallery, created when it does not exist', 'gal_golden')
    .option('--location <name>', "Azure location; the one that stands in for the AMI's region when not given")
    .option('--json', 'print what was written as JSON on stdout')
    .action((ami: string | undefined, flags: InitFlags) =>
      run(async (io) => {
        const first = firstOf(ami, flags, await catalogFor(io));
        const result = await write(first, flags.manifest, io);
        if (flags.json) io.out(printedJson(result));
        else io.tell(text(result));
        return ExitCode.ok;
      }),
    );

function firstOf(ami: string | undefined, flags: InitFlags, catalog: Catalog): FirstManifest {
  const { name: image, resourceGroup, gallery } = flags;
  if (ami === undefined) {
    const source = { kind: 'search', owner: '123456789012', name: 'web-golden-*', region: 'eu-west-1' } as const;
    const { subscription = SANDBOX_SUBSCRIPTION, location = 'northeurope' } = flags;
    return { image, source, subscription, resourceGroup, gallery, location };
  }
  const { region } = flags;
  if (region === undefined) {
    throw new RegildError('USAGE', `the region of ${ami} is not given`, { hint: 'add --region, for example --region eu-west-1' });
  }
  const location = flags.location ?? locationFor(region, catalog);
  return { image, source: { kind: 'ami', ami, region }, subscription: flags.subscription, resourceGroup, gallery, location };
}

function locationFor(region: string, catalog: Catalog): string {
  const mapping = mapRegion(region, catalog);
  if (mapping.kind === 'region') return mapping.azure;
  const known = catalog.regions.map(({ id }) => id);
  throw new RegildError('USAGE', `no Azure location is known for the AWS region ${region}`, {
    hint: [didYouMean(region, known), 'name the location with --location'].filter((part) => part !== undefined).join(' or '),
  });
}

/** Throws USAGE for values that no manifest may hold, and where the file is there already. */
async function write(first: FirstManifest, file: string, io: Io): Promise<InitResult> {
  const manifest = firstManifest(first);
  const { issues } = parseManifest(manifest, file, { AZURE_SUBSCRIPTION_ID: SANDBOX_SUBSCRIPTION });
  if (issues.length > 0) {
    const told = issues.map(({ place: _, ...issue }) => issue);
    throw new RegildError('USAGE', 'the manifest that was asked for would not be valid', { issues: told });
  }
  if (!(await writeNew(resolve(io.folder, file), manifest))) {
    throw new RegildError('USAGE', `${file} is there already`, { hint: 'name another file with --manifest, or add the image by hand' });
  }
  const schema = join(dirname(file), SCHEMA_FILE);
  const added = await writeNew(resolve(io.folder, schema), `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
  const named = file === 'images.yaml' ? '' : ` -f ${shellWord(file)}`;
  return {
    kind: 'InitResult',
    schemaVersion: SCHEMA_VERSION,
    files: [file, ...(added ? [schema] : [])],
    image: first.image,
    next: [`regild check${named}`, `regild plan ${first.image}${named}`],
  };
}

/** True when the file was written, false when there is one: what a user has is never replaced. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new RegildError('USAGE', `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'name a file in a folder that is there with --manifest',
    });
  }
}

function text({ files, next }: InitResult): string {
  const lines = [...files.map((file) => `written  ${file}`), ...next.map((line) => `next     ${line}`)];
  return lines.map((line) => `${visible(line)}\n`).join('');
}
