/** A part of src/: what it is, and what it may import: parts of src/ by name, packages by name, node modules as `node:…`; `*` is anything of that kind. */
export interface Part {
  readonly what: string;
  readonly may: readonly string[];
}

const STAGE = ['guest', 'model', 'errors', 'ports', 'catalog/schema', 'node:crypto'];

/** The house, from the ground up; `docs/explanation/architecture.md` shows it, and the test beside this file holds the imports to it. */
export const PARTS: Readonly<Record<string, Part>> = {
  model: {
    what: 'the nouns: artifacts (zod schema and type under one name), words that several parts share; `Step` and `Provisioner` are made of `src/guest/steps/`',
    may: ['guest/steps/index', 'zod', 'node:crypto'],
  },
  errors: { what: '`RegildError`, the only error that is thrown on purpose', may: ['model'] },
  'yaml-places': { what: 'where a value of a YAML file stands: line and column', may: ['model', 'yaml'] },
  ports: { what: 'every effect, and the `Context` that stages are handed', may: ['model', 'catalog/schema'] },
  failures: { what: 'the one table of known failures: wording or code → cause, cure, source', may: [] },
  catalog: {
    what: 'facts (YAML) and their loader',
    may: [
      'guest/component-lines',
      'yaml-places',
      'model',
      'errors',
      'yaml',
      'zod',
      'node:fs',
      'node:fs/promises',
      'node:path',
      'node:crypto',
      'node:url',
      'node:util',
    ],
  },
  manifest: {
    what: '`images.yaml` → `ImageSpec[]`, or every issue with line and column',
    may: ['guest/steps/index', 'guest/steps/secrets', 'guest/steps/texts', 'yaml-places', 'model', 'errors', 'yaml', 'zod', 'croner'],
  },
  lock: {
    what: '`images.lock.yaml`: read, compared, pinned, updated, written, all as values ([lock](../how-to/lock.md))',
    may: ['yaml-places', 'model', 'errors', 'yaml', 'zod'],
  },
  guest: {
    what: "everything that happens inside the machine, as values: the row of steps, tables written, answers read, quoting, and `steps/`, one file for each kind of a user's steps",
    may: ['model', 'errors', 'catalog/schema', 'zod', 'node:path', 'node:zlib'],
  },
  map: {
    what: 'region, instance type and EBS volume → what stands in for them on Azure ([tables](../reference/mapping.md))',
    may: ['model', 'catalog/schema'],
  },
  inspect: {
    what: 'a disk as blocks, volumes, file systems and databases, read without being mounted; `open-disk.ts` is where to start',
    may: ['guest/quote', 'model', 'errors', 'ports', 'catalog/schema', 'zod', 'node:crypto', 'node:sqlite', 'node:util', 'node:zlib'],
  },
  analyze: { what: 'what the AMI is', may: ['catalog/marketplace-accounts', 'inspect/propose/evidence', ...STAGE] },
  match: { what: 'which base can carry it', may: ['catalog/variant-words', ...STAGE] },
  plan: { what: 'everything that will happen', may: ['map', 'prices', 'inspect/propose/index', ...STAGE] },
  preflight: { what: 'what Azure says before money is spent', may: STAGE },
  engines: {
    what: 'Packer and Image Builder: `view.ts` (pure), templates in `packer-templates/`, `build.ts`',
    may: [
      'failures',
      'room',
      'guest',
      'time-limit',
      'kept',
      'earlier-attempts',
      'model',
      'errors',
      'ports',
      'catalog/schema',
      'handlebars',
      'node:crypto',
      'node:path',
    ],
  },
  'time-limit': { what: 'an end for work that may wait', may: ['errors', 'ports'] },
  prices: { what: 'a file of prices, or every mistake in it', may: ['yaml-places', 'model', 'yaml', 'zod'] },
  room: { what: 'makes a VM of the first of the planned sizes and zones for which Azure has room', may: ['model', 'errors', 'ports'] },
  kept: {
    what: 'a machine in which something failed: whether it stays, and how to get into it and end it',
    may: ['guest/quote', 'model', 'errors', 'ports'],
  },
  'earlier-attempts': { what: 'what killed attempts of a continued run left, deleted', may: ['model', 'ports'] },
  'staged-version': { what: 'the staged version that validate and publish go on with', may: ['model', 'errors', 'ports'] },
  replication: { what: 'a version in more regions, where one that fails is asked for again', may: ['model', 'errors', 'ports'] },
  validate: {
    what: 'boots the staged version and judges the checks',
    may: [
      'room',
      'staged-version',
      'kept',
      'earlier-attempts',
      'replication',
      'inspect/compare/index',
      'inspect/machine-inventory',
      ...STAGE,
    ],
  },
  publish: { what: 'replicates and promotes', may: ['staged-version', 'replication', ...STAGE] },
  survey: {
    what: 'all AMIs of an account, sorted by road and wave',
    may: ['analyze', 'match', 'map', 'model', 'errors', 'ports', 'catalog/schema'],
  },
  lint: {
    what: 'everything that can be said of `images.yaml` without a cloud: its names against the catalog, the files it names',
    may: ['manifest', 'prices', 'guest', 'model', 'errors', 'ports', 'catalog/schema'],
  },
  doctor: {
    what: 'whether both clouds and Packer would answer, and what mends what is missing ([the first hour](../tutorial/start.md))',
    may: ['preflight/permissions', 'preflight/providers', 'model', 'errors', 'ports'],
  },
  sweep: { what: 'what runs left behind, and which of it may go', may: ['model', 'errors', 'ports'] },
  stage: {
    what: 'runs one stage: resumed from the run folder or worked out, timed, saved',
    may: ['time-limit', 'model', 'errors', 'ports', 'zod'],
  },
  credentials: { what: 'that neither cloud knows who asks, told in one go', may: ['model', 'errors', 'ports'] },
  pipeline: {
    what: 'the order of the stages',
    may: [
      'time-limit',
      'credentials',
      'analyze',
      'match',
      'plan',
      'preflight',
      'engines',
      'validate',
      'publish',
      'staged-version',
      'stage',
      'model',
      'errors',
      'ports',
      'node:util',
    ],
  },
  records: {
    what: 'what is kept of each version that is published: report, provenance, inventory ([records](../reference/records.md))',
    may: ['report/inventory/index', 'model', 'errors', 'ports', 'zod'],
  },
  'spare-memory': { what: 'that new objects get no more room', may: ['node:v8'] },
  'system-error': { what: 'what this machine refused, in words', may: ['errors'] },
  'image-report': { what: 'how one image fared', may: ['stage', 'system-error', 'model', 'errors'] },
  'exit-code': { what: 'what a script is told of a run', may: ['model', 'errors'] },
  'shared-lookups': { what: 'what the images of a fleet ask alike, asked once', may: ['adapters/memoise', 'model', 'errors', 'ports'] },
  fleet: {
    what: 'many images, planned before any is applied',
    may: ['shared-lookups', 'pipeline', 'records', 'stage', 'image-report', 'model', 'errors', 'ports', 'p-map', 'node:util'],
  },
  living: {
    what: 'wished against actual → drifts with reasons; what refresh, promote, rollback, revoke and retire do, as values ([living](../how-to/living.md))',
    may: ['model', 'errors', 'ports', 'catalog/schema', 'croner', 'node:crypto'],
  },
  look: { what: 'plans images as a build would, and looks at what there is', may: ['fleet', 'living', 'model', 'ports'] },
  'wave-check': {
    what: 'boots a published version in the regions of a wave, before the next wave of its rollout goes',
    may: ['fleet', 'stage', 'validate', 'model', 'errors', 'ports'],
  },
  refresh: {
    what: 'does what is due: mends versions, rebuilds',
    may: ['look', 'living', 'wave-check', 'image-report', 'model', 'errors', 'ports'],
  },
  published: {
    what: 'promote, rollback, revoke, retire; lineage',
    may: ['living', 'wave-check', 'records', 'prices', 'model', 'errors', 'ports'],
  },
  'compare-versions': {
    what: 'how two versions of an image differ',
    may: ['living', 'records', 'inspect/compare/index', 'model', 'errors', 'ports'],
  },
  deploy: {
    what: 'what deploys a machine from a published version: values with reasons, then az, ARM, Bicep or Terraform ([use](../how-to/use.md))',
    may: ['map', 'guest/quote', 'engines/encode', 'engines/packer/align', 'model', 'catalog/schema'],
  },
  deployment: {
    what: 'gathers what a deployment is decided from',
    may: ['deploy', 'fleet', 'living', 'model', 'errors', 'ports'],
  },
  ci: {
    what: 'images as the jobs of a CI system, which of them changed, and the workflows that run them ([ci](../how-to/ci.md))',
    may: ['engines/encode', 'engines/handlebars', 'guest/steps/index', 'lock', 'report/encode', 'model', 'node:path', 'node:util'],
  },
  report: { what: '`Report` → text, markdown, JSON, HTML, JUnit', may: ['terminal', 'model', 'errors', 'node:crypto'] },
  terminal: {
    what: 'results for people on a screen: width in cells, wrapped lines, colours',
    may: ['string-width', 'wrap-ansi', 'node:util'],
  },
  adapters: {
    what: 'ports over the AWS and Azure SDKs, Packer, files, clock, console',
    may: ['failures', 'inspect/file-tree', 'inspect/resolved-tree', 'terminal', 'ports', 'model', 'errors', 'package:*', 'node:*'],
  },
  sandbox: { what: 'the embedded clouds', may: ['model', 'zod', 'node:*'] },
  commands: {
    what: 'the verbs',
    may: [
      ...[
        'guest',
        'analyze/index',
        'analyze/weaker-content',
        'doctor',
        'terminal',
        'fleet',
        'exit-code',
        'image-report',
        'survey',
        'sweep',
        'living',
        'look',
        'refresh',
        'published',
        'compare-versions',
        'records',
        'deploy',
        'deployment',
        'ci',
        'inspect',
        'map',
        'match',
        'manifest',
        'lint',
        'lock',
        'report',
        'catalog',
        'model',
        'errors',
      ],
      ...['ports', 'adapters', 'sandbox', 'commander', 'p-map', 'node:*', '../package.json'],
    ],
  },
  library: {
    what: 'what another program imports: the parts that ask no cloud ([library](../reference/library.md))',
    may: ['analyze', 'survey', 'map', 'match', 'commands', 'adapters', 'catalog', 'model', 'errors'],
  },
  cli: {
    what: 'argv → verb → exit code; with `main.js` the only user of `process`',
    may: ['spare-memory', 'commands', 'terminal', 'model', 'errors', 'commander'],
  },
};

/** Only these files of commands/ may know adapters or the sandbox; every other verb goes through them. */
export const WIRING = [
  'wire',
  'files',
  'inspect-ami',
  'inspect-instance',
  'connect-clouds',
  'clouds',
  'sandbox',
  'sandbox-state',
  'sandbox-memory',
];
