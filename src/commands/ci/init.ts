import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { CI_SYSTEMS, type CiSystem, renderWorkflow, WORKFLOW_FILES, type Workflow } from '../../ci/workflows.ts';
import { RegildError } from '../../errors.ts';
import { ExitCode, isInAws, SCHEMA_VERSION, type WorkflowFiles } from '../../model/index.ts';
import { printedJson } from '../../report/print-json.ts';
import type { Io, Verb } from '../command.ts';
import { createAssets, readText, writeWhole } from '../files.ts';
import { installation } from '../installation.ts';
import { readFleet } from '../manifest.ts';
import { goOn } from '../print.ts';

interface InitFlags {
  readonly for: CiSystem;
  readonly manifest: string;
  readonly branch: string;
  readonly refreshAt: string;
  readonly sweepAt: string;
  readonly connection: string;
  readonly force?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

type Written = WorkflowFiles['files'][number];

const EXAMPLES = `
Examples:
  regild ci init --for github                      .github/workflows/images.yml for the images of images.yaml
  regild ci init --for azure --connection golden   azure-pipelines-images.yml, signed in by the service connection "golden"
  regild ci init --for gitlab --dry-run            print .gitlab/regild.yml and .gitlab/regild-image.yml
`;

/** Writes the workflow that builds, refreshes and sweeps the images of a manifest. Call it in the root of the repository. */
export const defineInit: Verb = (program, run) =>
  program
    .addOption(new Option('--for <system>', 'the CI system').choices([...CI_SYSTEMS]).makeOptionMandatory())
    .addOption(
      new Option('-f, --manifest <file>', 'the manifest, from the root of the repository')
        .argParser(path)
        .default('images.yaml')
        .env('REGILD_MANIFEST'),
    )
    .option('--branch <name>', 'the branch whose pushes build', path, 'main')
    .option('--refresh-at <cron>', 'when what is due is refreshed, in UTC', cron, '17 3 * * *')
    .option('--sweep-at <cron>', 'when leftovers are deleted, in UTC', cron, '47 5 * * *')
    .option('--connection <name>', 'Azure Pipelines: the service connection to sign in with', path, 'regild')
    .option('--force', 'replace files that are there')
    .option('--dry-run', 'print the files, write nothing')
    .option('--json', 'print paths and texts as JSON')
    .addHelpText('after', EXAMPLES)
    .action((flags: InitFlags) =>
      run(async (io) => {
        const files = await write(await workflowFiles(flags, io), flags, io);
        io.out(
          flags.json ? printedJson({ kind: 'WorkflowFiles', schemaVersion: SCHEMA_VERSION, files } satisfies WorkflowFiles) : textOf(files),
          'exact',
        );
        goOn(afterFiles(files), flags.json, io);
        return ExitCode.ok;
      }),
    );

async function workflowFiles(flags: InitFlags, io: Io): Promise<readonly Written[]> {
  if (flags.refreshAt === flags.sweepAt) {
    throw new RegildError('USAGE', `refresh and sweep have the same time ${flags.refreshAt}`, {
      hint: 'GitHub tells schedules apart by their time alone: give --sweep-at another',
    });
  }
  const { specs } = await readFleet(flags.manifest, [], io);
  const first = specs.map(({ source }) => source).find(isInAws);
  if (first === undefined)
    throw new RegildError('USAGE', `${flags.manifest} has no image of an AMI`, {
      hint: 'add one: the workflows sign in to AWS to read it',
    });
  const { manifest, branch, refreshAt, sweepAt, connection } = flags;
  const workflow: Workflow = { manifest, branch, refreshAt, sweepAt, connection, awsRegion: first.region };
  const assets = createAssets(installation(), io.folder);
  const files = await Promise.all(
    WORKFLOW_FILES[flags.for].map(async ({ path: file, template }) => {
      const text = renderWorkflow({ path: template, text: await assets.own(template) }, workflow);
      const found = await readText(resolve(io.folder, file));
      return { path: file, text, outcome: found === text ? 'unchanged' : 'planned', replaces: found !== undefined } as const;
    }),
  );
  const others = files.filter(({ outcome, replaces }) => outcome === 'planned' && replaces);
  if (others.length > 0 && !flags.force && !flags.dryRun) throw exists(others.map((file) => file.path));
  return files.map(({ path: file, text, outcome }) => ({ path: file, text, outcome }));
}

async function write(files: readonly Written[], { dryRun }: InitFlags, io: Io): Promise<readonly Written[]> {
  if (dryRun) return files;
  const missing = files.filter(({ outcome }) => outcome === 'planned');
  await Promise.all(missing.map(({ path: file, text }) => writeWhole(resolve(io.folder, file), text, { content: 'exact', mode: 0o644 })));
  return files.map((file) => (file.outcome === 'planned' ? { ...file, outcome: 'written' } : file));
}

function textOf(files: readonly Written[]): string {
  return files.map(({ path: file, text, outcome }) => (outcome === 'planned' ? `# ${file}\n${text}` : `${file}  ${outcome}\n`)).join('');
}

function afterFiles(files: readonly Written[]): string {
  if (files.some(({ outcome }) => outcome === 'planned')) return 'the same without --dry-run writes them';
  return 'commit them; docs/how-to/ci.md says what they expect of both clouds';
}

function exists(files: readonly string[]): RegildError {
  return new RegildError('USAGE', `${files.join(' and ')} would be replaced by another text`, {
    hint: '--dry-run prints what would be written, --force replaces it',
  });
}

/** What CI systems and shells read nothing into. */
function path(text: string): string {
  if (!/^(?![-/])[\w ./@+-]+$/.test(text))
    throw new InvalidArgumentError('it is letters, digits, spaces and . / @ + - _, relative to the root');
  return text;
}

function cron(text: string): string {
  if (!/^[\d*,/-]+( [\dA-Za-z*,/-]+){4}$/.test(text)) throw new InvalidArgumentError('it is five fields such as 17 3 * * *');
  return text;
}
