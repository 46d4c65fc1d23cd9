import * as z from 'zod';
import { path } from '../guest/steps/texts.ts';
import type { Source } from '../model/index.ts';
import { record } from '../model/schema.ts';
import { AWS } from './names.ts';

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
  disk: path('The disk itself in a file (raw, VHD, VMDK, qcow2) instead of an AMI, relative to this file.').optional(),
  inventory: path(
    'What was seen of it before, relative to this file: `regild inspect --json` (.json), or the lines of inventory-lines.sh (.tsv).',
  ).optional(),
  region: z.string(AWS.region.rule).regex(AWS.region.pattern, AWS.region.rule).describe('AWS region of the AMI.').optional(),
};

/** The ways of naming a source that an entry uses; more than one is a contradiction. */
export function sourceKinds(entry: { readonly [Key in keyof typeof source]?: unknown }): readonly Source['kind'][] {
  const search = [entry.owner, entry.name, entry.architecture].some((value) => value !== undefined);
  return [
    ...(entry.ami === undefined ? [] : ['ami' as const]),
    ...(search ? ['search' as const] : []),
    ...(entry.ssm === undefined ? [] : ['ssm' as const]),
    ...(entry.disk === undefined ? [] : ['disk' as const]),
    ...(entry.inventory === undefined ? [] : ['inventory' as const]),
  ];
}

/** Where the AMI is, or what stands for it. All keys are optional, since `defaults` may hold a part of them. */
export const ManifestSource = record(source).refine((entry) => sourceKinds(entry).length <= 1, {
  error: 'source names the AMI in more than one way',
  params: { hint: 'keep one of `ami`, `owner` with `name`, `ssm`, `disk` or `inventory`' },
});
