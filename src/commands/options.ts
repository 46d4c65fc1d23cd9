import { InvalidArgumentError, Option, type Command as Program } from 'commander';
import { RegildError } from '../errors.ts';
import { type ImageSpec, isRunId, OnError } from '../model/index.ts';

/** Options of every verb that works on the images of a manifest. */
export interface FleetFlags {
  readonly manifest: string;
  readonly json?: true;
  readonly sandbox?: true;
  readonly licence?: 'payg' | 'byos' | 'free';
  readonly accept: readonly string[];
  readonly concurrency: number;
  /** False when answers of the Marketplace may not be kept on disk. */
  readonly cache: boolean;
  readonly verbose?: true;
  /** File that what happens is added to. */
  readonly events?: string;
}

/** Options of the verbs that write: which run they work in, and how. */
export interface RunFlags {
  /** Where run folders are kept. */
  readonly runs: string;
  readonly resume?: true | string;
  readonly runId?: string;
  readonly dryRun?: true;
  readonly force?: true;
  readonly onError?: OnError;
}

/** Options of the verbs that plan. */
export interface LockFlags {
  readonly locked?: true;
  readonly updateLock?: true;
}

/** Adds the images argument and the options that all verbs on a manifest share. */
export function withFleetOptions(program: Program): Program {
  return program
    .argument('[images...]', 'names from the manifest; none = all')
    .addOption(new Option('-f, --manifest <file>', 'the manifest').default('images.yaml').env('REGILD_MANIFEST'))
    .option('--json', 'print the report as JSON on stdout')
    .option('--sandbox', 'speak to the embedded sandbox clouds instead of AWS and Azure')
    .addOption(
      new Option('--licence <licence>', 'answer the licence question of images that the manifest leaves open').choices([
        'payg',
        'byos',
        'free',
      ]),
    )
    .addOption(acceptOption())
    .option('--concurrency <number>', 'images worked on at the same time', positive, 4)
    .option('--events <file>', 'add what happens to a file, a line of JSON each, as it happens')
    .option('--no-cache', 'ask the Marketplace again instead of taking answers of the last 24 hours')
    .option('-v, --verbose', 'show details of failures');
}

/** Adds what verbs that plan do with the lock file beside the manifest. */
export function withLockOptions(program: Program): Program {
  return program
    .option('--locked', 'hold every image to the lock file, and start nothing when one does not fit')
    .addOption(new Option('--update-lock', 'write what was resolved to the lock file').conflicts('locked'));
}

/** Adds what only verbs that write need. */
export function withWriteOptions(program: Program): Program {
  return program
    .addOption(new Option('--runs <folder>', 'where run folders are kept').default('.regild/runs').env('REGILD_RUNS'))
    .option('--resume [run]', 'continue at its last artifact: the run that is named, or the last one that left these images unfinished')
    .addOption(
      new Option('--run-id <run>', 'work as this run, whose folder may be lost: what it made in Azure is found by its tags')
        .argParser(runId)
        .conflicts('resume'),
    )
    .option('--dry-run', 'plan everything, write nothing')
    .option('--force', 'build although a version with the same digest exists')
    .addOption(onErrorOption());
}

/** `--on-error` of every verb that builds or tests. */
export function onErrorOption(): Option {
  const words =
    'what becomes of a machine in which a build or a test failed: deleted, kept until the deadline of the run, or as you answer (on a terminal); the manifest says it as `onError`';
  return new Option('--on-error <what>', words).choices(OnError.options);
}

/** Throws USAGE for a question that nobody could answer. */
export function requireSomebodyToAsk(
  { onError }: { readonly onError?: OnError },
  { interactive }: { readonly interactive: boolean },
): void {
  if (onError !== 'ask' || interactive) return;
  throw new RegildError('USAGE', '`--on-error ask` asks on a terminal, and there is none here', {
    hint: 'use `--on-error keep`, or leave it out',
  });
}

/** The name of a run. Throws InvalidArgumentError for what names none. */
export function runId(text: string): string {
  if (!isRunId(text)) throw new InvalidArgumentError('a run is named like 20261121t081502-3f9a');
  return text;
}

/** `--accept` of every verb that matches; given several times, or with commas. */
export function acceptOption(): Option {
  const words =
    'agree to a change: a release that may take the place of another (ubuntu-24.04), a word that bases may lack (ha), what speaks against an AMI (owner-mismatch), or what becomes of a shared gallery (public, withdraw)';
  return new Option('--accept <change>', words).argParser(several).default([], 'nothing');
}

function several(text: string, before: readonly string[]): readonly string[] {
  return [...before, ...text.split(',').filter((part) => part !== '')];
}

/** What the manifest agrees to, and beside it what the command line does. */
export function agreedBy(names: readonly string[], { successor, without, source, sharing = [] }: ImageSpec['accept']): ImageSpec['accept'] {
  const add = (agreed: readonly string[]) => [...agreed, ...names];
  return { successor: add(successor), without: add(without), source: add(source), sharing: add(sharing) };
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('it must be a whole number from 1 on');
  return value;
}
