/** One command line that works as it is written: for help, documents and the test that parses every one. */
export interface Example {
  /** The words behind `regild`. */
  readonly words: readonly string[];
  /** What it is for, in a few words. */
  readonly does: string;
}

function example(line: string, does: string): Example {
  return { words: line.split(' '), does };
}

/** Three for each verb: the plain one, one that most come to need, one for a program or a special case. Image and AMI are those of the shipped manifest. */
export const EXAMPLES = {
  init: [
    example('init', 'the image of the sandbox: no account is needed'),
    example('init ami-0123456789abcdef0 --region eu-west-1 --name web-golden', 'of an AMI'),
    example('init survey.json', 'of every AMI of a survey that was saved: regild survey --json > survey.json'),
  ],
  check: [
    example('check', 'every image of images.yaml'),
    example('check web-golden -f fleet/images.yaml', 'one image of another manifest'),
    example('check --json', 'for a program, such as a bot that comments on a pull request'),
  ],
  doctor: [
    example('doctor', 'this machine, and the clouds that images.yaml names'),
    example('doctor --fix', 'mend what is safe to mend here: what git ignores'),
    example('doctor --sandbox --json', 'against the embedded clouds, for a program'),
  ],
  analyze: [
    example('analyze', 'every AMI of the manifest'),
    example('analyze web-golden --verbose', 'one image, failures in detail'),
    example('analyze --sandbox --json', 'without an account, as JSON'),
  ],
  match: [
    example('match web-golden', 'the base for one image'),
    example('match --licence byos', 'as if every open licence question were answered with an own subscription'),
    example('match --no-cache --json', 'ask the Marketplace again, as JSON'),
  ],
  survey: [
    example('survey --sandbox', 'an account of the sandbox'),
    example('survey --region eu-west-1 eu-central-1 --inspect --max 50', 'own AMIs of two regions, the disks of the newest 50 too'),
    example('survey --from describe-images.json --format html', 'a file of DescribeImages output, as a page; no cloud is asked'),
  ],
  inspect: [
    example('inspect web-golden', 'the AMI of an image, read from its snapshot'),
    example('inspect disk.vhd --sbom', 'a disk in a file, as CycloneDX'),
    example('inspect web-golden --propose --to ubuntu:24.04', 'the steps that carry its content over'),
  ],
  explain: [
    example('explain web-golden', 'an image of the manifest'),
    example('explain ami-064b0f5e3937918bf --region eu-west-1 --sandbox', 'an AMI that stands in no manifest'),
    example('explain --json', 'all images, as JSON'),
  ],
  map: [
    example('map eu-west-1', 'the Azure location of a region'),
    example('map m6g.2xlarge gp3:100:3000', 'an instance type, and a volume of 100 GiB with 3,000 IOPS'),
    example('map root:gp2:30 --json', 'a system disk, as JSON'),
  ],
  plan: [
    example('plan', 'all images'),
    example('plan web-golden --update-lock', 'one image; what was resolved goes into images.lock.yaml'),
    example('plan --locked --json', 'nothing but what the lock file says, as JSON'),
  ],
  render: [
    example('render', 'into rendered/'),
    example('render web-golden --out out', 'one image, into out/'),
    example('render --sandbox --json', 'without an account; the paths as JSON'),
  ],
  build: [
    example('build web-golden', 'plan, build, validate and publish one image'),
    example('build --dry-run', 'plan all images and write nothing'),
    example('build --resume', 'go on with the last run that did not finish'),
  ],
  validate: [
    example('validate', 'the staged versions of the last run'),
    example('validate web-golden --resume 20261121t081502-3f9a', 'one image of a named run'),
    example('validate --run-id 20261121t081502-3f9a', 'a run whose folder is lost'),
  ],
  publish: [
    example('publish', 'the validated versions of the last run'),
    example('publish web-golden --resume 20261121t081502-3f9a', 'one image of a named run'),
    example('publish --dry-run', 'say what would be published'),
  ],
  status: [
    example('status', 'all images'),
    example('status web-golden --format markdown', 'one image, for a job summary'),
    example('status --json', 'as JSON'),
  ],
  refresh: [
    example('refresh --check', 'change nothing, exit 10 when something is due'),
    example('refresh --max 2', 'rebuild the two most urgent images'),
    example('refresh web-golden --dry-run', 'say what is due for one image'),
  ],
  promote: [
    example('promote web-golden', 'let the next wave of the rollout go, once the one before passed its check'),
    example('promote web-golden 2026.1121.0', 'make a version latest everywhere'),
    example('promote web-golden 2026.1121.0 --region northeurope', 'in one region only'),
  ],
  rollback: [
    example('rollback web-golden --reason outage', 'back to the last good version'),
    example('rollback web-golden --to 2026.1121.0 --reason outage', 'back to a named version'),
    example('rollback web-golden --reason outage --dry-run', 'say what would be done'),
  ],
  revoke: [
    example('revoke web-golden 2026.1121.0 --reason CVE-2026-0001', 'take one version out of use'),
    example('revoke web-golden 2026.1121.0 --reason CVE-2026-0001 --cascade', 'and every version that was made from it'),
    example('revoke web-golden 2026.1121.0 --reason CVE-2026-0001 --dry-run', 'say what would be done'),
  ],
  retire: [
    example('retire --dry-run', 'list what retention lets go'),
    example('retire web-golden', 'delete it for one image'),
    example('retire --json', 'all images; what was done as JSON'),
  ],
  lineage: [
    example('lineage web-golden', 'root AMI, AMI, base, version, regions and users of one image'),
    example('lineage --of ami-0abc1234def567890', 'what stands on an AMI'),
    example('lineage --of Canonical:ubuntu-24_04-lts:server --json', 'what stands on a base, whatever its version, as JSON'),
  ],
  diff: [
    example('diff web-golden', 'what latest brought'),
    example('diff web-golden 2026.1021.0 2026.1121.0 --format markdown', 'two named versions, for a pull request'),
    example('diff web-golden 2026.1021.0 --json', 'one version against latest, as JSON'),
  ],
  use: [
    example('use web-golden', 'a script for the Azure CLI that makes one VM from the current version'),
    example('use web-golden --as bicep --kind vmss --instance-type m5.large', 'a scale set of the size that m5.large maps to, in Bicep'),
    example('use web-golden --as terraform --version 2026.1121.1 --json', 'a named version; values and reasons as JSON'),
  ],
  sweep: [
    example('sweep --dry-run', 'list what runs left behind'),
    example('sweep --older-than 7d', 'only what is a week old'),
    example('sweep --staged --json', 'staged versions that were never promoted too, as JSON'),
  ],
  ci: [
    example('ci matrix', 'the images as jobs, for GitHub Actions'),
    example('ci matrix --changed-since origin/main --format plain', 'one name a line of what changed on this branch'),
    example('ci init --for github --dry-run', 'print the workflow that builds, refreshes and sweeps'),
  ],
  report: [
    example('report', 'the last run that wrote'),
    example('report 20261121t081502-3f9a --format junit', 'a named run, for a CI system'),
    example('report 2026.1121.0 --image web-golden --format html', 'what is kept of a published version, as a page'),
  ],
  catalog: [
    example('catalog show ubuntu-24.04', 'one fact with its sources'),
    example('catalog stale --older-than 90d', 'what nobody looked at for a quarter of a year'),
    example('catalog check --sandbox --location northeurope', 'ask the sandbox about every base'),
  ],
  sandbox: [
    example('sandbox', 'on https://127.0.0.1:8443 until Ctrl-C'),
    example('sandbox --port 0 --speed 600', 'on a free port, ten virtual minutes a second'),
    example('sandbox advance 30d', 'let a month pass in the world that --sandbox remembers; `sandbox reset` forgets it'),
  ],
  schema: [
    example('schema', 'of images.yaml'),
    example('schema report', 'of what plan and build print with --json'),
    example('schema check', 'of what check prints with --json'),
  ],
  completion: [
    example('completion bash', 'for bash: source it from ~/.bashrc'),
    example('completion powershell', 'for Windows PowerShell 5.1 and PowerShell 7'),
    example('completion images -f fleet/images.yaml', 'the image names that the others ask for'),
  ],
} as const satisfies Readonly<Record<string, readonly Example[]>>;

/** Examples as a part of help: each line as it is typed, and below it what it is for. Ends without a line feed. */
export function exampleText(examples: readonly Example[]): string {
  return ['Examples:', ...examples.map(({ words, does }) => `  $ regild ${words.join(' ')}\n      ${does}`)].join('\n');
}
