import { Option } from 'commander';
import { diagnose, type Places, placesOf, withCost } from '../doctor/index.ts';
import { type Checkup, type Diagnosis, ExitCode, SCHEMA_VERSION } from '../model/index.ts';
import { renderDiagnosis } from '../report/diagnosis.ts';
import { SANDBOX_SUBSCRIPTION } from './clouds.ts';
import type { Io, Verb } from './command.ts';
import type { Fleet } from './manifest.ts';
import { artifactsOfNoRun } from './no-run.ts';
import { print } from './print.ts';
import { lookAtGit, lookAtManifest, lookAtProxy, lookAtRunFolder } from './this-machine.ts';
import { withPorts } from './wire.ts';

interface DoctorFlags {
  readonly manifest: string;
  readonly runs: string;
  readonly fix?: true;
  readonly sandbox?: true;
  readonly json?: true;
}

/** Whether everything is there that the verbs need: on this machine, in AWS, in Azure. All at once, with what mends it; reads only, but for --fix. */
export const doctorVerb: Verb = (program, run) =>
  program
    .addOption(
      new Option('-f, --manifest <file>', 'the manifest, which names the places to look at').default('images.yaml').env('REGILD_MANIFEST'),
    )
    .addOption(new Option('--runs <folder>', 'where run folders are kept').default('.regild/runs').env('REGILD_RUNS'))
    .option('--fix', 'mend what is safe to mend on this machine; nothing in a cloud is changed')
    .option('--sandbox', 'look at the embedded sandbox clouds instead of AWS and Azure')
    .option('--json', 'print what was found as JSON on stdout')
    .option('-v, --verbose', 'show details of failures')
    .action((flags: DoctorFlags) =>
      run(async (io) => {
        const diagnosis = await examine(flags, io);
        const format = flags.json ? 'json' : 'text';
        print(renderDiagnosis(diagnosis, format), format, io);
        return diagnosis.checkups.some(({ status }) => status === 'fail') ? ExitCode.preflight : ExitCode.ok;
      }),
    );

async function examine(flags: DoctorFlags, io: Io): Promise<Diagnosis> {
  const { checkup, fleet } = await lookAtManifest(flags.manifest, io);
  const git = await lookAtGit(flags, io);
  const here = [checkup, await lookAtRunFolder(flags.runs, io), ...git.checkups, ...lookAtProxy(io)];
  const checkups: readonly Checkup[] = [...here, ...(await inTheClouds(fleet, flags, io))].map(withCost);
  return { kind: 'Diagnosis', schemaVersion: SCHEMA_VERSION, checkups, fixed: git.fixed };
}

async function inTheClouds(fleet: Fleet, flags: DoctorFlags, io: Io): Promise<readonly Checkup[]> {
  const { specs } = fleet;
  const wiring = { fleet, flags: { ...flags, cache: false }, io, artifacts: artifactsOfNoRun };
  return withPorts(wiring, (context) => diagnose(specs.length > 0 ? placesOf(specs) : placesOfEnvironment(io, flags.sandbox), context));
}

/** Without a manifest, what the environment names; the sandbox has places of its own. */
function placesOfEnvironment({ environment }: Io, sandbox = false): Places {
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION || (sandbox ? 'eu-west-1' : undefined);
  const subscription = environment.AZURE_SUBSCRIPTION_ID || (sandbox ? SANDBOX_SUBSCRIPTION : undefined);
  return { regions: region ? [region] : [], targets: subscription ? [{ subscription }] : [], engines: [] };
}
