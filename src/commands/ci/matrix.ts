import { basename, resolve } from 'node:path';
import { Option } from 'commander';
import { changesOf, type Pinned } from '../../ci/changed.ts';
import { MATRIX_FORMATS, type MatrixFormat, renderMatrix } from '../../ci/matrix.ts';
import { RegildError } from '../../errors.ts';
import { readLock } from '../../lock/read.ts';
import { lockFileOf } from '../../lock/write.ts';
import { parseManifest } from '../../manifest/index.ts';
import { ExitCode, type ImageMatrix, type ImageSpec, isInAws, SCHEMA_VERSION } from '../../model/index.ts';
import { checkFleet } from '../../refresh.ts';
import { printedJson } from '../../report/print-json.ts';
import type { Io, Verb } from '../command.ts';
import { createRepository, readLockFile } from '../files.ts';
import { withFleet } from '../living.ts';
import { readFleet } from '../manifest.ts';
import { type FleetFlags, withFleetOptions } from '../options.ts';

interface MatrixFlags extends FleetFlags {
  readonly changedSince?: string;
  readonly due?: true;
  readonly format: MatrixFormat;
}

type Chosen = readonly (readonly [ImageSpec, reasons: readonly string[]])[];

const EXAMPLES = `
Examples:
  regild ci matrix                                every image, as "strategy.matrix" of GitHub Actions takes it
  regild ci matrix --changed-since origin/main    images whose entry, lock entry or files changed on this branch
  regild ci matrix --due --format plain           one name a line of what "refresh" would work on, the most urgent first
`;

/** Prints the images as jobs: all that are named, those that changed since a commit, or those for which something is due. */
export const defineMatrix: Verb = (program, run) =>
  withFleetOptions(program)
    .addOption(
      new Option('--changed-since <ref>', 'only images that changed since HEAD and this commit had one in common').conflicts('due'),
    )
    .option('--due', 'only images that `refresh` would mend or rebuild; asks the clouds')
    .addOption(new Option('--format <format>', 'whom it is for').choices([...MATRIX_FORMATS]).default('github'))
    .addHelpText('after', EXAMPLES)
    .action((images: string[], flags: MatrixFlags) =>
      run(async (io) => {
        const matrix = matrixOf(await choose(images, flags, io));
        io.out(flags.json ? printedJson(matrix) : renderMatrix(matrix, flags.format), 'exact');
        return ExitCode.ok;
      }),
    );

function matrixOf(chosen: Chosen): ImageMatrix {
  const images = chosen.map(([{ name: image, source, target }, reasons]) => {
    const { subscription, location } = target;
    return { image, ...(isInAws(source) ? { awsRegion: source.region } : {}), subscription, location, reasons };
  });
  return { kind: 'ImageMatrix', schemaVersion: SCHEMA_VERSION, images };
}

async function choose(images: readonly string[], flags: MatrixFlags, io: Io): Promise<Chosen> {
  if (flags.due) return due(images, flags, io);
  if (flags.changedSince !== undefined) return changed(images, flags, flags.changedSince, io);
  return (await readFleet(flags.manifest, images, io)).specs.map((spec) => [spec, []]);
}

async function due(images: readonly string[], flags: MatrixFlags, io: Io): Promise<Chosen> {
  return withFleet(images, flags, io, async (context, { specs }) => {
    const { items } = await checkFleet(specs, context, { concurrency: flags.concurrency });
    return items
      .filter(({ outcome }) => outcome === 'due')
      .flatMap(({ image, drifts }) => {
        const reasons = drifts.filter(({ held }) => held === undefined).map(({ reason }) => reason);
        return specs.filter(({ name }) => name === image).map((spec) => [spec, reasons] as const);
      });
  });
}

async function changed(images: readonly string[], flags: MatrixFlags, ref: string, io: Io): Promise<Chosen> {
  const { specs, folder } = await readFleet(flags.manifest, images, io);
  const repository = createRepository(folder, io.environment);
  const commit = await repository.commonCommit(ref);
  const manifest = basename(flags.manifest);
  const lockFile = lockFileOf(manifest);
  const [paths, manifestThen, lockThen, lockNow] = await Promise.all([
    repository.changedSince(commit),
    repository.textAt(commit, manifest),
    repository.textAt(commit, lockFile),
    readLockFile(resolve(io.folder, lockFileOf(flags.manifest))),
  ]);
  const now: Pinned = { specs, lock: lockNow === undefined ? undefined : readLock(lockNow, lockFileOf(flags.manifest)) };
  const before: Pinned = { specs: parseManifest(manifestThen ?? '', manifest, io.environment).specs, lock: lockOf(lockThen, lockFile) };
  return specs.map((spec) => [spec, changesOf(spec, now, before, paths)] as const).filter(([, reasons]) => reasons.length > 0);
}

/** An earlier lock file that cannot be read pins nothing. */
function lockOf(text: string | undefined, file: string): Pinned['lock'] {
  try {
    return text === undefined ? undefined : readLock(text, file);
  } catch (error) {
    if (error instanceof RegildError && error.code === 'LOCK_INVALID') return undefined;
    throw error;
  }
}
