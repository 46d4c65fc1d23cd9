import type { Verb } from './command.ts';
import type { EXAMPLES } from './examples.ts';

/** What the help text needs of a verb; the rest is loaded when the verb is called, since importing everything costs a second. */
export interface VerbEntry {
  /** Each has its examples. */
  readonly name: keyof typeof EXAMPLES;
  readonly summary: string;
  readonly load: () => Promise<Verb>;
}

const walk = () => import('./walk-verbs.ts');
const published = () => import('./published.ts');

/** The verbs in the order of the help text. */
export const VERBS: readonly VerbEntry[] = [
  {
    name: 'init',
    summary: 'write the first manifest, of an AMI, a survey, a disk or the sandbox',
    load: async () => (await import('./init.ts')).initVerb,
  },
  {
    name: 'check',
    summary: 'find every mistake of the manifest that can be seen without a cloud',
    load: async () => (await import('./check.ts')).checkVerb,
  },
  {
    name: 'doctor',
    summary: 'look whether this machine and both clouds are ready, and say what mends what is not',
    load: async () => (await import('./doctor.ts')).doctorVerb,
  },
  { name: 'analyze', summary: 'say what each AMI is, with evidence and confidence', load: async () => (await walk()).analyzeVerb },
  {
    name: 'match',
    summary: 'choose the Marketplace base for each AMI, with reasons for and against',
    load: async () => (await walk()).matchVerb,
  },
  {
    name: 'survey',
    summary: 'sort all AMIs of an account or a file by the road each one takes to Azure',
    load: async () => (await import('./survey.ts')).surveyVerb,
  },
  {
    name: 'inspect',
    summary: 'say what is in an AMI or a disk, and propose the steps that carry it over',
    load: async () => (await import('./inspect.ts')).inspectVerb,
  },
  {
    name: 'explain',
    summary: 'show the whole reasoning about images, or about an AMI id, as a tree',
    load: async () => (await import('./explain.ts')).explainVerb,
  },
  {
    name: 'map',
    summary: 'say what regions, instance types and EBS volumes become on Azure, with reasons',
    load: async () => (await import('./map.ts')).mapVerb,
  },
  {
    name: 'plan',
    summary: 'work out everything that will happen, check it against Azure, write nothing',
    load: async () => (await walk()).planVerb,
  },
  {
    name: 'render',
    summary: 'write the Packer folder or Image Builder template of each image',
    load: async () => (await import('./render.ts')).renderVerb,
  },
  {
    name: 'build',
    summary: 'take each image the whole way: plan, build, validate, publish (writes and costs)',
    load: async () => (await walk()).buildVerb,
  },
  {
    name: 'validate',
    summary: 'boot test VMs from the staged versions of a run and check them',
    load: async () => (await walk()).validateVerb,
  },
  {
    name: 'publish',
    summary: 'replicate and promote the validated versions of a run',
    load: async () => (await walk()).publishVerb,
  },
  {
    name: 'status',
    summary: 'show how each published image stands: versions, users, what is due and why',
    load: async () => (await import('./status.ts')).statusVerb,
  },
  {
    name: 'refresh',
    summary: 'do what is due: mend regions, replicas, tags, end of life; rebuild what must be built again',
    load: async () => (await import('./refresh.ts')).refreshVerb,
  },
  {
    name: 'promote',
    summary: 'make a version latest, everywhere or in some regions, or let the next wave of a rollout go',
    load: async () => (await published()).promoteVerb,
  },
  {
    name: 'rollback',
    summary: 'take the bad version out of latest, put the last good one back, name who runs the bad one',
    load: async () => (await published()).rollbackVerb,
  },
  {
    name: 'revoke',
    summary: 'take a version out of latest everywhere, end its life and say why on it',
    load: async () => (await published()).revokeVerb,
  },
  {
    name: 'retire',
    summary: 'delete the versions that retention lets go, none that is latest, in use or pinned',
    load: async () => (await published()).retireVerb,
  },
  {
    name: 'lineage',
    summary: 'show what each version was made from and who runs it; or what stands on an AMI, a base or a version',
    load: async () => (await import('./lineage.ts')).lineageVerb,
  },
  {
    name: 'diff',
    summary: 'say how two versions of an image differ: source, base, steps, definition, regions, content',
    load: async () => (await import('./diff.ts')).diffVerb,
  },
  {
    name: 'use',
    summary: 'print what deploys a VM or a scale set from a published version: az, ARM, Bicep or Terraform',
    load: async () => (await import('./use.ts')).useVerb,
  },
  {
    name: 'sweep',
    summary: 'delete what runs left behind, once its deadline has passed',
    load: async () => (await import('./sweep.ts')).sweepVerb,
  },
  {
    name: 'ci',
    summary: 'list the images as jobs of a CI system, and write the workflows that build and refresh them',
    load: async () => (await import('./ci.ts')).ciVerb,
  },
  {
    name: 'report',
    summary: 'print the report of a run, or of a published version, as text, markdown, json, html or junit',
    load: async () => (await import('./report.ts')).reportVerb,
  },
  {
    name: 'catalog',
    summary: 'list the facts regild knows, show one, check and renew them against Azure, or list what is stale',
    load: async () => (await import('./catalog.ts')).catalogVerb,
  },
  {
    name: 'sandbox',
    summary: 'run the embedded clouds for other programs; show, move on in time or forget what they remember',
    load: async () => (await import('./sandbox.ts')).sandboxVerb,
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of the manifest, or of what a verb prints with --json',
    load: async () => (await import('./schema.ts')).schemaVerb,
  },
  {
    name: 'completion',
    summary: 'print what makes a shell complete verbs, options and image names',
    load: async () => (await import('./completion.ts')).completionVerb,
  },
];
