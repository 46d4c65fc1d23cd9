import { InvalidArgumentError, Option, type Command as Program } from 'commander';
import { RegildError } from '../errors.ts';
import { inProduction } from '../living/production.ts';
import { blocks, ExitCode, type ImageSpec, normalLocation, type VersionActions } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { promote, retire, revoke, rollback } from '../published.ts';
import { renderActions } from '../report/version-actions.ts';
import type { Io, Verb } from './command.ts';
import { withFleet } from './living.ts';
import { readFleet } from './manifest.ts';
import { afterAction } from './next-steps.ts';
import { goOn, print } from './print.ts';

interface ActFlags {
  readonly manifest: string;
  readonly json?: true;
  readonly sandbox?: true;
  readonly dryRun?: true;
  readonly region?: readonly string[];
  readonly to?: string;
  readonly reason: string;
  readonly cascade?: true;
}

function withActOptions(program: Program): Program {
  return program
    .addOption(new Option('-f, --manifest <file>', 'the manifest').default('images.yaml').env('REGILD_MANIFEST'))
    .option('--dry-run', 'say what would be done, change nothing')
    .option('--json', 'print what was done as JSON on stdout')
    .option('--sandbox', 'speak to the embedded sandbox clouds instead of AWS and Azure')
    .option('-v, --verbose', 'show details of failures');
}

const REGIONS = new Option('--region <names...>', 'only in these regions; the others stay as they are').argParser(
  (text: string, before: readonly string[] | undefined) => [...(before ?? []), normalLocation(text)],
);
const WHY = new Option('--reason <text>', 'why; it is kept on the version as a tag').argParser((text: string) => {
  if (text.trim() === '') throw new InvalidArgumentError('say why');
  return text;
});

/** Makes a version latest, or lets the next wave of a rollout go. */
export const promoteVerb: Verb = (program, run) =>
  withActOptions(program)
    .argument('<image>', 'name from the manifest; with @production behind it the versions of its production gallery')
    .argument('[version]', 'the version to make latest; none = the next wave of the rollout')
    .addOption(REGIONS)
    .action((image: string, version: string | undefined, given: ActFlags) =>
      run((io) =>
        actOn(image, given, io, (spec, context, flags) => {
          if (version === undefined && flags.region) throw noVersion(image);
          return promote(spec, context, { version, regions: flags.region, dryRun: flags.dryRun ?? false });
        }),
      ),
    );

/** Takes the bad version out of latest and puts the last good one back. */
export const rollbackVerb: Verb = (program, run) =>
  withActOptions(program)
    .argument('<image>', 'name from the manifest; with @production behind it the versions of its production gallery')
    .option('--to <version>', 'the version to go back to; the newest older one when absent')
    .addOption(REGIONS)
    .addOption(WHY.default('rolled back'))
    .action((image: string, given: ActFlags) =>
      run((io) =>
        actOn(image, given, io, (spec, context, { to, reason, region, dryRun = false }) =>
          rollback(spec, context, { to, reason, regions: region, dryRun }),
        ),
      ),
    );

/** Takes a version out of latest everywhere, ends its life, and says why on it. */
export const revokeVerb: Verb = (program, run) =>
  withActOptions(program)
    .argument('<image>', 'name from the manifest; with @production behind it the versions of its production gallery')
    .argument('<version>', 'the version that must not be used any more')
    .option('--cascade', 'also every version that was made from it')
    .addOption(new Option('--reason <text>', WHY.description).argParser((text: string) => text).makeOptionMandatory())
    .action((image: string, version: string, given: ActFlags) =>
      run((io) =>
        actOn(image, given, io, (spec, context, { reason, cascade = false, dryRun = false }, fleet) =>
          revoke(spec, fleet, context, { version, reason, cascade, dryRun }),
        ),
      ),
    );

/** Deletes the versions that retention lets go. */
export const retireVerb: Verb = (program, run) =>
  withActOptions(program)
    .argument('[images...]', 'names from the manifest; none = all')
    .action((images: string[], flags: ActFlags) =>
      run(async (io) => {
        const done = await withFleet(images, flagsOf(flags), io, (context, { specs }) =>
          retire(specs, context, { dryRun: flags.dryRun ?? false }),
        );
        return finish(done, flags, io);
      }),
    );

type Act = (spec: ImageSpec, context: Context, flags: ActFlags, fleet: readonly ImageSpec[]) => Promise<VersionActions>;

async function actOn(image: string, flags: ActFlags, io: Io, act: Act): Promise<ExitCode> {
  const [spec] = (await readFleet(flags.manifest, [image], io, inProduction)).specs;
  if (spec === undefined) throw new RegildError('IMAGE_UNKNOWN', `${flags.manifest} has no image ${image}`, { hint: 'check the name' });
  const done = await withFleet([], flagsOf(flags), io, (context, { specs }) => act(spec, context, flags, specs));
  return finish(done, flags, io);
}

function flagsOf({ manifest, sandbox, json }: ActFlags) {
  return { manifest, cache: true, ...(sandbox && { sandbox }), ...(json && { json }) };
}

function finish(done: VersionActions, flags: ActFlags, io: Io): ExitCode {
  const format = flags.json ? 'json' : 'text';
  print(renderActions(done, format), format, io);
  goOn(afterAction(done.issues, flags.dryRun ?? false, flags), flags.json, io);
  if (done.issues.some(({ code }) => code === 'ROLLOUT_STOPPED')) return ExitCode.validation;
  return done.issues.some(blocks) ? ExitCode.publish : ExitCode.ok;
}

function noVersion(image: string): RegildError {
  return new RegildError('USAGE', `--region says where, and no version of ${image} is named that would be promoted there`, {
    hint: `name it: regild promote ${image} <version> --region …; without both the next wave of the rollout goes`,
  });
}
