/**
 * The files that handle a user's step as a step, from the manifest to the engines' files and the report, folder by folder in the order of the walk;
 * `<kind>` stands for the kind's own file. What treats every text alike (reading, `${…}`, quoting, digests, alignment) knows of no step.
 */
export const STEP_WALK: Readonly<Record<string, { readonly files: readonly string[]; readonly what: string }>> = {
  manifest: { files: ['schema', 'to-spec'], what: 'the entry is checked by the schema that the list of kinds gives, and becomes `Step`s' },
  plan: {
    files: ['index', 'customize', 'compose'],
    what: "what the step names is read; it becomes a `Provisioner`, between Azure's parts and the removal of AWS's",
  },
  guest: {
    files: ['steps/<kind>', 'steps/step', 'steps/index', 'work'],
    what: "everything about the kind: what it reads, keeps and does on each system; the plan's provisioners as files and lines",
  },
  engines: {
    files: ['guest-work', 'losses', 'packer/view', 'image-builder/view'],
    what: 'texts are read again and have to be the planned ones; what cannot be done is a loss; lines become HCL or JSON',
  },
  report: { files: ['explanation'], what: 'the steps in order; losses and failures are issues like any other' },
};

/** Who else knows steps, and goes another way than from the manifest to an image. */
export const OTHER_WAYS: Readonly<Record<string, string>> = {
  'ci/changed': 'which images a changed file concerns',
  'engines/image-builder/losses': 'what the service alone cannot do',
  'guest/provisioners': "regild's own steps",
  'lint/files': 'whether the files are there',
  'model/build-plan': 'the nouns',
  'model/image-spec': 'the nouns',
  'model/index': 'the nouns',
  'model/reported': 'the plan in a report',
  'plan/carry-over': "what of the AMI's own content no step carries over",
  'plan/digest': 'every field of the plan alike',
  'records/diff': 'two versions compared',
  'records/provenance': 'what an image was made of',
  'validate/parity': 'which packages the plan installs',
};
