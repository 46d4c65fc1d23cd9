import { z } from 'zod';
import { list, record } from '../model/schema.ts';
import { AWS, AZURE, OWN } from './names.ts';

const path = (description: string) => z.string().min(1, 'name a file relative to the manifest').describe(description);
const lines = z.array(z.string()).min(1, 'write at least one line').readonly();
const packages = z.array(z.string().min(1, 'name a package')).min(1, 'name at least one package').readonly();

const secrets = z
  .record(
    z.string().regex(OWN.variable.pattern, OWN.variable.rule),
    z.string(AZURE.secret.rule).regex(AZURE.secret.pattern, AZURE.secret.rule),
  )
  .readonly();

/** Inline lines, or a mapping that says more: lines or a script file beside the manifest, and the secrets they find in their environment. */
const Script = z.union([
  lines,
  record({
    lines: lines.describe('Lines to run, where `secrets` stand beside them.').optional(),
    script: path('Script file, relative to this file.').optional(),
    secrets: secrets
      .describe(
        'Environment variables for this step alone, each with the URL of a Key Vault secret: read inside the guest with `build.identity` while the image is built.',
      )
      .optional(),
  }).refine(({ lines, script }) => (lines === undefined) !== (script === undefined), {
    error: 'a step runs either lines or a script file',
    params: { hint: 'keep one of `lines` and `script`' },
  }),
]);

const source = {
  ami: z.string(AWS.ami.rule).regex(AWS.ami.pattern, AWS.ami.rule).describe('The AMI by its id.').optional(),
  owner: z
    .string(AWS.owner.rule)
    .regex(AWS.owner.pattern, AWS.owner.rule)
    .describe('Account that owns the AMI: 12 digits in quotes, self, amazon or aws-marketplace.')
    .optional(),
  name: z
    .string()
    .min(1, 'give the AMI name')
    .describe('Name of the AMI; `*` and `?` match any text or character, and the newest one is taken.')
    .optional(),
  architecture: z.enum(['x86_64', 'arm64']).describe('Narrows a search by name to one processor architecture.').optional(),
  ssm: z
    .string(AWS.parameter.rule)
    .regex(AWS.parameter.pattern, AWS.parameter.rule)
    .describe('Public Systems Manager parameter that holds the AMI id.')
    .optional(),
  region: z.string(AWS.region.rule).regex(AWS.region.pattern, AWS.region.rule).describe('AWS region of the AMI.').optional(),
};

/** The ways of naming an AMI that an entry uses; more than one is a contradiction. */
export function sourceKinds(entry: { readonly [Key in keyof typeof source]?: unknown }): readonly ('ami' | 'search' | 'ssm')[] {
  const search = [entry.owner, entry.name, entry.architecture].some((value) => value !== undefined);
  return [
    ...(entry.ami === undefined ? [] : ['ami' as const]),
    ...(search ? ['search' as const] : []),
    ...(entry.ssm === undefined ? [] : ['ssm' as const]),
  ];
}

/** Where the AMI is. All keys are optional, since `defaults` may hold a part of them. */
export const ManifestSource = record(source).refine((entry) => sourceKinds(entry).length <= 1, {
  error: 'source names the AMI in more than one way',
  params: { hint: 'keep one of `ami`, `owner` with `name`, or `ssm`' },
});

const steps = {
  packages: packages.describe("Packages to install with the distribution's package manager.").optional(),
  shell: Script.describe('Shell lines, or a script file, run as root.').optional(),
  powershell: Script.describe('PowerShell lines, or a script file, run as administrator.').optional(),
  file: record({
    from: path('File beside this manifest.'),
    to: z.string().min(1, 'name a path in the image').describe('Absolute path in the image.'),
  })
    .describe('A file to copy into the image, text or not.')
    .optional(),
  ansible: record({
    playbook: path('Playbook, relative to this file.'),
    extraArguments: list(z.string()).describe('Arguments for ansible-playbook.').optional(),
  })
    .describe('An Ansible playbook, run inside the image.')
    .optional(),
  chef: record({
    cookbooks: path('Folder of cookbooks, relative to this file.'),
    runList: z.array(z.string()).min(1, 'name at least one recipe').readonly().describe('Recipes to run.'),
  })
    .describe('Chef recipes, run in local mode.')
    .optional(),
  puppet: record({ manifest: path('Puppet manifest, relative to this file.') })
    .describe('A Puppet manifest, applied locally.')
    .optional(),
  updates: z.literal(true, 'leave the step out instead').describe('Install all updates of the operating system.').optional(),
  restart: z.literal(true, 'leave the step out instead').describe('Restart and wait until the machine is back.').optional(),
};

/** One customisation step: exactly one key says what it does. */
export const CustomizeStep = record(steps)
  .refine((step) => Object.values(step).filter((value) => value !== undefined).length === 1, {
    error: 'a step does exactly one thing',
    params: { hint: `start a list item for each of ${Object.keys(steps).join(', ')}` },
  })
  .meta({ minProperties: 1, maxProperties: 1 });
export type CustomizeStep = z.infer<typeof CustomizeStep>;
