import { Option } from 'commander';
import { writeDeployment } from '../deploy/write.ts';
import { deploymentOf } from '../deployment.ts';
import { RegildError } from '../errors.ts';
import { inProduction } from '../living/production.ts';
import {
  DeploymentLanguage,
  DeploymentTarget,
  ExitCode,
  normalLocation,
  SCHEMA_VERSION,
  testedName,
  type WrittenDeployment,
} from '../model/index.ts';
import { printedJson } from '../report/print-json.ts';
import type { Io, Verb } from './command.ts';
import { withFleet } from './living.ts';
import { readFleet } from './manifest.ts';
import { goOn } from './print.ts';

interface UseFlags {
  readonly manifest: string;
  readonly as: DeploymentLanguage;
  readonly kind: DeploymentTarget;
  readonly version?: string;
  readonly location?: string;
  readonly size?: string;
  readonly instanceType?: string;
  readonly zone?: readonly string[];
  readonly ephemeral?: true;
  readonly diskEncryptionSet?: string;
  readonly json?: true;
  readonly sandbox?: true;
  readonly cache: boolean;
}

/** Prints what deploys a VM or a scale set from a published version, with the reason of every value. */
export const useVerb: Verb = (program, run) =>
  program
    .argument('<image>', 'name from the manifest; with @production behind it the versions of its production gallery')
    .addOption(new Option('--as <language>', 'what to print').choices(DeploymentLanguage.options).default('az'))
    .addOption(new Option('--kind <kind>', 'a virtual machine or a scale set').choices(DeploymentTarget.options).default('vm'))
    .option('--version <version>', 'the version; the current one when absent')
    .option('--location <location>', 'one of the regions of the version', normalLocation)
    .option('--instance-type <type>', 'the EC2 instance type that the size is mapped from, such as m5.large')
    .option('--size <size>', 'the VM size; the one that the image was tested on when absent')
    .option('--zone <zones...>', 'availability zones; one for a VM')
    .option('--ephemeral', 'put the OS disk on the host, where what is written is lost when the VM is stopped')
    .option('--disk-encryption-set <id>', 'resource id of a disk encryption set for all disks')
    .addOption(new Option('-f, --manifest <file>', 'the manifest').default('images.yaml').env('REGILD_MANIFEST'))
    .option('--json', 'print values, reasons and the text as JSON on stdout')
    .option('--sandbox', 'speak to the embedded sandbox clouds instead of AWS and Azure')
    .option('--no-cache', 'ask the Marketplace again')
    .option('-v, --verbose', 'show details of failures')
    .action((image: string, flags: UseFlags) => run((io) => use(image, flags, io)));

/** What takes what was printed. */
const WITH: Readonly<Record<DeploymentLanguage, string>> = {
  az: 'save it and run it with sh, signed in by `az login`',
  arm: 'save it and deploy it with `az deployment group create --template-file <file>`',
  bicep: 'save it and deploy it with `az deployment group create --template-file <file>`',
  terraform: 'save it as main.tf and run `terraform init`, then `terraform apply`',
};

async function use(image: string, flags: UseFlags, io: Io): Promise<ExitCode> {
  const { specs } = await readFleet(flags.manifest, [...new Set([image, testedName(image)])], io, inProduction);
  const spec = specs.find(({ name }) => name === image);
  const planned = specs.find(({ name }) => name === testedName(image));
  if (spec === undefined || planned === undefined)
    throw new RegildError('IMAGE_UNKNOWN', `${flags.manifest} has no image ${image}`, { hint: 'check the name' });
  const { kind: target, version, location, size, instanceType, zone: zones, ephemeral = false, diskEncryptionSet } = flags;
  const wish = { target, version, location, size, instanceType, zones, ephemeral, diskEncryptionSet };
  const deployment = await withFleet([image], flags, io, (context) => deploymentOf({ spec, planned }, wish, context));
  const text = writeDeployment(deployment, flags.as);
  const written: WrittenDeployment = { kind: 'WrittenDeployment', schemaVersion: SCHEMA_VERSION, language: flags.as, text, deployment };
  io.out(flags.json ? printedJson(written) : text, 'exact');
  goOn(WITH[flags.as], flags.json, io);
  return ExitCode.ok;
}
