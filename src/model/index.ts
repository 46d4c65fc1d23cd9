// biome-ignore-all assist/source/organizeImports: the order is that of the walk
/**
 * The nouns of regild, in the order in which an image meets them; `pipeline.ts` holds the verbs between them.
 *
 *                AWS and facts                │ only Azure
 *                                             │
 *   ImageSpec ─▶ Analysis ─▶ BaseMatch ─▶ BuildPlan ─▶ RenderedTemplate ─▶ BuildResult ─▶ GalleryVersion
 *   a wish of    what the    what can     everything   the plan as an      a staged       replicated and
 *   images.yaml  AMI is      carry it     that will    engine's files      version        promoted
 *                                         happen                              │                ▲
 *                                             └─▶ Preflight                   └─▶ ValidationReport
 *                                                 may it be done?                 does it boot and behave?
 *
 * Each of these artifacts is plain JSON with `kind` and `schemaVersion`, and carries its `Issue`s; a stage takes earlier ones and returns the next.
 * What is known of one image in the end is its `ImageReport`; the `Report` holds those of a run.
 */

// What the user wants of one image, every default filled in; and the files that its entry names.
export * from './image-spec.ts';
export * from './timeouts.ts';
export * from './source-doubts.ts';
export * from './production-name.ts'; // its versions in a gallery of their own
export * from './user-file.ts';
export { Step } from '../guest/steps/index.ts';

// What the AMI is: each finding with its evidence and how sure it is.
export * from './analysis.ts';
export * from './ami-ancestry.ts';
export * from './wildcard.ts'; // how EC2 searches for names
export * from './confidence.ts';

// What is in it, seen on its disk or from inside.
export * from './inventory.ts';
export * from './inventory-outline.ts';
export * from './parity.ts';
export * from './proposal.ts';

// Which Marketplace base can carry it, and what ARM says of that base.
export * from './base-match.ts';
export * from './vendor-choice.ts';
export * from './image-facts.ts';
export * from './features.ts';
export * from './version-order.ts';
export * from './compare-text.ts';

// Everything that will happen. Right of it nobody speaks AWS.
export * from './text-file.ts';
export * from './build-plan.ts';
export { Provisioner } from '../guest/steps/index.ts';
export * from './phase.ts';
export * from './check.ts';
export * from './on-error.ts'; // what becomes of a machine in which something failed
export * from './measurement.ts';
export * from './forecast.ts';
export * from './staging-definition.ts';
export * from './test-places.ts'; // where it is booted
export * from './gallery-ref.ts';
export * from './sharing.ts'; // who may make machines from what a gallery holds
export * from './sha256.ts';
export * from './first-where.ts';

// What Azure says before money is spent, and the VM sizes it is asked about.
export * from './preflight.ts';
export * from './rights.ts'; // what it must be allowed to do
export * from './vm-size.ts';
export * from './size-needs.ts';
export * from './shortage.ts'; // and what is said where there is no room for one
export * from './test-rounds.ts';
export * from './vm-size-name.ts';

// The plan as Packer or Image Builder files.
export * from './rendered-template.ts';

// A staged version, in the build region only; and the gallery that it lies in.
export * from './build-result.ts';
export * from './gallery.ts';

// What the VMs booted from it say of themselves.
export * from './validation-report.ts';

// The version replicated to every region, and promoted.
export * from './gallery-version.ts';

// How the images of a run fared, and what happened on the way.
export * from './reported.ts';
export * from './report.ts';
export * from './stages.ts';
export * from './rollout.ts'; // region by region
export * from './drift.ts'; // what of a published image is not as it is wished
export * from './diagnosis.ts'; // what `doctor` found of this machine and of both clouds
export * from './failure.ts'; // what a verb ends with that has no result
export * from './printed-lists.ts'; // what smaller verbs print
export * from './init-result.ts'; // what `init` wrote
export * from './sandbox-memory.ts'; // what the sandbox remembers
export * from './manifest-check.ts'; // what `check` finds in images.yaml
export * from './version-actions.ts'; // what was done to published versions
export * from './refresh-report.ts'; // what a refresh found and did
export * from './image-status.ts'; // a published image as it stands
export * from './records.ts'; // what is kept of each version
export * from './provenance.ts'; // what a version was made from, to be signed
export * from './version-diff.ts'; // how two versions of an image differ
export * from './lineage.ts'; // where versions come from and who runs them
export * from './deployment.ts'; // what deploys VMs from a published version
export * from './image-matrix.ts'; // images as jobs of a CI system
export * from './run.ts';
export * from './run-record.ts';
export * from './progress-event.ts';
export * from './logged-event.ts'; // as the run's log keeps it

// What a run made for a time, and how it is known again.
export * from './leftover.ts';
export * from './leftover-size.ts';
export * from './build-claim.ts'; // which run builds a version
export * from './our-names.ts';
export * from './resource-name.ts';
export * from './tags.ts';

// All AMIs of an account, sorted by the road that each one takes.
export * from './survey.ts';
export * from './ami-use.ts';

// Words that all of them share: expected trouble, systems and machines, places and times.
export * from './issue.ts';
export * from './first-few.ts';
export * from './severity.ts';
export * from './codes/index.ts';
export * from './codes/errors.ts';
export * from './exit-code.ts';
export * from './machine.ts';
export * from './location.ts';
export * from './blackout.ts'; // when something may not be done
export * from './duration.ts';
export { inPieces } from './in-pieces.ts';
export * from './json-pieces.ts';
export * from './json-schema.ts'; // what verbs print, for programs
export { SCHEMA_VERSION } from './schema.ts';
