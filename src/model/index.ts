/**
 * The nouns, in the order in which an image meets them. Each artifact is plain JSON with `kind` and `schemaVersion`;
 * a stage takes earlier ones and returns the next.
 */

export * from './analysis.ts'; // what the AMI is
export * from './base-match.ts'; // which Marketplace base can carry it
export * from './build-plan.ts'; // everything that will happen; right of it nobody speaks AWS
export * from './build-result.ts'; // a staged gallery version
export * from './gallery-version.ts'; // replicated and promoted
export * from './image-spec.ts'; // what the user wants
export * from './issue.ts'; // expected trouble, in all of the above
export * from './machine.ts'; // words that the artifacts share
export * from './preflight.ts'; // what Azure says before money is spent
export * from './rendered-template.ts'; // the plan as Packer or Image Builder files
export * from './report.ts'; // how the fleet fared
export * from './run-tags.ts'; // how regild knows again what it made
export { SCHEMA_VERSION } from './schema.ts';
export * from './sha256.ts'; // how contents are compared
export * from './staging-definition.ts'; // where versions pass through on their way to some definitions
export * from './survey.ts'; // all AMIs of an account, sorted by the road each one takes
export * from './validation-report.ts'; // what a VM booted from it says
