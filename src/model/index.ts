/**
 * The nouns, in the order in which an image meets them. Each artifact is plain JSON with `kind` and `schemaVersion`;
 * a stage takes earlier ones and returns the next.
 */

export * from './ami-use.ts'; // what uses an AMI
export * from './analysis.ts'; // what the AMI is
export * from './base-match.ts'; // which Marketplace base can carry it
export * from './build-plan.ts'; // everything that will happen; right of it nobody speaks AWS
export * from './build-result.ts'; // a staged gallery version
export * from './confidence.ts'; // how sure a finding is
export * from './features.ts'; // what images and definitions state of themselves
export * from './gallery.ts'; // what a gallery holds
export * from './gallery-ref.ts'; // where a version lies
export * from './gallery-version.ts'; // replicated and promoted
export * from './image-facts.ts'; // what ARM says of a Marketplace image
export * from './image-spec.ts'; // what the user wants
export * from './inventory.ts'; // what is in it, seen on its disk or from inside
export * from './issue.ts'; // expected trouble, in all of the above
export * from './leftover.ts'; // what a run left behind
export * from './machine.ts'; // words that the artifacts share
export * from './preflight.ts'; // what Azure says before money is spent
export * from './progress-event.ts'; // what happened, for whoever watches
export * from './rendered-template.ts'; // the plan as Packer or Image Builder files
export * from './report.ts'; // how the fleet fared
export * from './run.ts'; // what identifies a run
export * from './run-record.ts'; // what a run that writes set out to do
export * from './run-tags.ts'; // how regild knows again what it made
export { SCHEMA_VERSION } from './schema.ts';
export * from './sha256.ts'; // how contents are compared
export * from './staging-definition.ts'; // where versions pass through on their way to some definitions
export * from './survey.ts'; // all AMIs of an account, sorted by the road each one takes
export * from './user-file.ts'; // a file that the manifest names
export * from './validation-report.ts'; // what a VM booted from it says
export * from './version-order.ts'; // which version is newer
export * from './vm-size.ts'; // what a VM size can do
export * from './vm-size-name.ts'; // what its name says
