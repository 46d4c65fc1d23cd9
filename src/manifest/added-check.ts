import * as z from 'zod';
import { path } from '../guest/steps/texts.ts';
import type { AddedCheck } from '../model/index.ts';
import { record } from '../model/schema.ts';
import { OWN } from './names.ts';

const script = z.union([
  z.array(z.string()).min(1, 'write at least one line').readonly(),
  record({ script: path('Script file, relative to this file.') }),
]);

/** A check of the user's own, as it is written. */
export const ManifestCheck = record({
  id: z.string(OWN.check.rule).regex(OWN.check.pattern, OWN.check.rule).describe('Its name in reports, for example app-answers.'),
  title: z
    .string()
    .min(1, 'say what is true when it passes')
    .max(120, 'a title is at most 120 characters')
    .describe('What is true when it passes.'),
  shell: script.describe('Lines, or a script file, that root runs on Linux: ending with 0 passes.').optional(),
  powershell: script.describe('The same that an administrator runs on Windows.').optional(),
  when: z
    .array(z.enum(['guest', 'test-vm', 'restarted']))
    .min(1, 'say when it runs, or leave the key out')
    .readonly()
    .meta({ description: 'In the build VM before it is generalized, on the test VM, or on it after a restart.', default: ['test-vm'] })
    .optional(),
  severity: z
    .enum(['block', 'warn', 'info'])
    .meta({ description: 'What a failure means: `block` stops the build or the publication.', default: 'block' })
    .optional(),
  timeoutSeconds: z
    .number()
    .int('give whole seconds')
    .min(1, 'a check takes 1 to 600 seconds')
    .max(600, 'a check takes 1 to 600 seconds')
    .meta({ description: 'Seconds after which it has failed.', default: 60 })
    .optional(),
}).refine(({ shell, powershell }) => (shell === undefined) !== (powershell === undefined), {
  error: 'a check is written for one shell',
  params: { hint: 'keep one of `shell` and `powershell`' },
});

/** The check with every default filled in. */
export function toCheck({ id, title, shell, powershell, ...rest }: z.infer<typeof ManifestCheck>): AddedCheck {
  const own = shell ?? powershell ?? [];
  return {
    id,
    title,
    shell: shell === undefined ? 'powershell' : 'shell',
    ...('length' in own ? { lines: own } : own),
    when: rest.when ?? ['test-vm'],
    severity: rest.severity ?? 'block',
    timeoutSeconds: rest.timeoutSeconds ?? 60,
  };
}
