import * as z from 'zod';
import { Issue } from './issue.ts';
import { artifact, list, record } from './schema.ts';

/** What `regild render` wrote. */
export const RenderedFiles = artifact('RenderedFiles', {
  /** Absolute paths, in the order of the images. */
  files: list(z.string()),
});
export type RenderedFiles = z.infer<typeof RenderedFiles>;

/** What `regild ci init` wrote, or would write. */
export const WorkflowFiles = artifact('WorkflowFiles', {
  files: list(record({ path: z.string(), text: z.string(), outcome: z.enum(['written', 'unchanged', 'planned']) })),
});
export type WorkflowFiles = z.infer<typeof WorkflowFiles>;

/** What `regild sweep` found that runs left behind, and what became of it; `due` = it would be deleted by a sweep that is not a dry run. */
export const SweepResult = artifact('SweepResult', {
  items: list(
    record({
      kind: z.enum(['resource-group', 'image-template', 'build-claim', 'gallery-version', 'run-folder']),
      /** ARM resource id; of a run folder its path. */
      id: z.string(),
      name: z.string(),
      run: z.string(),
      /** Absent where the run's name does not tell. */
      started: z.iso.datetime().optional(),
      /** Absent where the tag is missing or is no time. */
      deadline: z.iso.datetime().optional(),
      risk: z.enum(['compute', 'storage', 'none']),
      /** For example `1 virtual machine, 2 disks`. */
      size: z.string(),
      action: z.enum(['delete', 'keep']),
      reason: z.string(),
      outcome: z.enum(['deleted', 'due', 'kept', 'failed']),
    }),
  ),
  /** Every list and every deletion that failed. */
  issues: list(Issue),
});
export type SweepResult = z.infer<typeof SweepResult>;

/** What `regild map` says. The members of a mapping are those of its `kind`. */
export const Mappings = artifact('Mappings', {
  mappings: list(
    record({
      kind: z.string(),
      subject: z.string(),
      mapping: z.looseObject({ kind: z.string() }).readonly(),
      /** How the volumes that were asked for fit on an instance type. */
      disks: z.looseObject({ kind: z.string() }).readonly().optional(),
    }),
  ),
});
export type Mappings = z.infer<typeof Mappings>;

/** How many facts of each kind the catalog has, and what does not fit together. */
export const CatalogCounts = artifact('CatalogCounts', { counts: z.record(z.string(), z.number().int()).readonly(), issues: list(Issue) });
export type CatalogCounts = z.infer<typeof CatalogCounts>;

/** Facts of the catalog, as the schemas of `src/catalog/schemas/` describe them, with the file below `src/catalog/` that holds each. */
export const FoundFacts = artifact('FoundFacts', { facts: list(record({ file: z.string(), fact: z.looseObject({}).readonly() })) });
export type FoundFacts = z.infer<typeof FoundFacts>;

/** Facts that nobody looked at since a day, oldest first. */
export const StaleFacts = artifact('StaleFacts', {
  /** ISO date. */
  before: z.string(),
  facts: list(record({ file: z.string(), verified: z.string(), bases: list(z.string()) })),
});
export type StaleFacts = z.infer<typeof StaleFacts>;
