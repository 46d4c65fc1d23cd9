import {
  type Analysis,
  type BaseMatch,
  type BuildPlan,
  DEFAULT_TIMEOUTS,
  type Finding,
  type ImageReport,
  Report,
  reportedAnalysis,
  reportedPlan,
} from '../../src/model/index.ts';
import type { RunHistory } from '../../src/report/history.ts';
import { type ReportFormat, renderReport } from '../../src/report/index.ts';
import { aCheck } from '../fakes/values.ts';

const SUBSCRIPTION = '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f';
const VERSION_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/gal_golden/images/web-golden/versions/2026.1121.1`;

function found<Value extends string | boolean>(value: Value, from: string, observed: string): Finding<Value> {
  return {
    value,
    confidence: 'high',
    evidence: [{ from, observed, suggests: String(value), confidence: 'high', source: 'catalog/amis/ubuntu' }],
  };
}

const analysis: Analysis = {
  kind: 'Analysis',
  schemaVersion: 1,
  image: 'web-golden',
  ami: {
    id: 'ami-064b0f5e3937918bf',
    region: 'eu-west-1',
    name: 'web-golden-2026-10-01',
    ownerId: '123456789012',
    sourceImageId: 'ami-0a29fcd957159f835',
    productCodes: [],
    disks: [{ device: '/dev/sda1', kind: 'ebs', root: true, sizeGiB: 30, type: 'gp3' }],
    tags: { team: 'web' },
  },
  ancestry: [
    {
      id: 'ami-0a29fcd957159f835',
      region: 'eu-west-1',
      name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260915',
      productCodes: [],
      disks: [],
      tags: {},
    },
  ],
  amiFamily: found('ubuntu', 'SourceImageId', 'ami-0a29fcd957159f835'),
  osFamily: found('linux', 'PlatformDetails', 'Linux/UNIX'),
  distro: {
    value: 'ubuntu',
    confidence: 'high',
    evidence: [
      { from: 'SourceImageId', observed: 'ami-0a29fcd957159f835', suggests: 'ubuntu', confidence: 'high' },
      { from: 'Tags.os', observed: 'debian', suggests: 'debian', confidence: 'low' },
    ],
  },
  version: found('24.04', 'Name', 'ubuntu-noble-24.04'),
  variant: { confidence: 'none', evidence: [] },
  architecture: found('x64', 'Architecture', 'x86_64'),
  bootMode: found('uefi-preferred', 'BootMode', 'uefi-preferred'),
  licence: found('free', 'UsageOperation', 'RunInstances'),
  stock: found(false, 'OwnerId', '123456789012'),
  issues: [],
};

const chosen = {
  base: 'ubuntu-24.04-server',
  urn: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202611050' },
  distro: 'ubuntu',
  version: '24.04',
  generation: 'V2',
  architecture: 'x64',
  licence: 'free',
  features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }],
  score: 95,
  reasons: [
    { code: 'SAME_RELEASE', text: 'same distribution and release as the AMI', points: 60 },
    { code: 'SAME_BOOT', text: 'boots UEFI as the AMI prefers', points: 20 },
    { code: 'LIVE', text: 'sold in northeurope', points: 15 },
  ],
  differences: ['the kernel is linux-azure instead of linux-aws'],
  confidence: 'high',
  live: true,
} as const;

const match: BaseMatch = {
  kind: 'BaseMatch',
  schemaVersion: 1,
  image: 'web-golden',
  verdict: 'rebuild',
  confidence: 'high',
  chosen,
  candidates: [
    chosen,
    {
      ...chosen,
      base: 'ubuntu-24.04-server-gen1',
      urn: { ...chosen.urn, sku: 'server-gen1', version: 'latest' },
      generation: 'V1',
      score: 50,
      reasons: [
        { code: 'SAME_RELEASE', text: 'same distribution and release as the AMI', points: 60 },
        { code: 'OLD_GENERATION', text: 'generation V1 has no Trusted Launch', points: -10 },
      ],
      differences: [],
      live: false,
    },
  ],
  rejected: [
    { base: 'ubuntu-24.04-arm64', urn: 'Canonical:ubuntu-24_04-lts:server-arm64:latest', reason: 'the AMI is x64, this base is arm64' },
  ],
  questions: [],
  issues: [],
};

const wholePlan: BuildPlan = {
  kind: 'BuildPlan',
  schemaVersion: 1,
  image: 'web-golden',
  provenance: { amiId: 'ami-064b0f5e3937918bf', amiName: 'web-golden-2026-10-01', amiRegion: 'eu-west-1' },
  engine: 'image-builder',
  os: { family: 'linux', distro: 'ubuntu', version: '24.04', guest: 'debian' },
  base: { urn: chosen.urn, generation: 'V2', architecture: 'x64', features: chosen.features },
  security: 'TrustedLaunchSupported',
  controllers: ['SCSI', 'NVMe'],
  subscription: SUBSCRIPTION,
  resourceGroup: 'rg-images',
  gallery: 'gal_golden',
  location: 'northeurope',
  definition: {
    name: 'web-golden',
    osType: 'Linux',
    osState: 'Generalized',
    generation: 'V2',
    architecture: 'x64',
    identifier: { publisher: 'regild', offer: 'web-golden', sku: 'v2' },
    features: chosen.features,
    description: 'web-golden from ami-064b0f5e3937918bf',
  },
  version: '2026.1121.1',
  route: 'direct',
  build: { vmSize: 'Standard_D2s_v5', osDiskSizeGB: 30, timeoutMinutes: 240 },
  test: {
    shapes: [
      { vmSize: 'Standard_D2s_v5', controller: 'SCSI' },
      { vmSize: 'Standard_D2s_v6', controller: 'NVMe' },
    ],
    timeoutMinutes: 30,
  },
  timeouts: DEFAULT_TIMEOUTS,
  dataDisks: [
    {
      device: '/dev/sdf',
      sizeGiB: 100,
      type: 'Premium SSD v2, 3,000 IOPS, 132 MB/s',
      reason: 'General Purpose SSD (gp3): both set IOPS and throughput beside the size',
    },
  ],
  provisioners: [
    {
      kind: 'guest',
      id: 'inventory',
      title: 'take inventory',
      phase: 'inventory',
      script: 'linux/inventory.sh',
      arguments: [],
      sha256: 'a'.repeat(64),
    },
    { kind: 'packages', id: 'step-1', title: 'install nginx', phase: 'customize', names: ['nginx'] },
  ],
  guestScripts: [],
  guestFiles: [],
  parity: { policy: 'report', allow: [] },
  components: [
    {
      id: 'amazon-ssm-agent',
      title: 'SSM Agent',
      action: 'remove',
      reason: 'it must not be in an Azure image',
      azureEquivalent: 'Azure VM agent with Run Command; patching: Azure Update Manager',
      expected: true,
    },
    {
      id: 'amazon-cloudwatch-agent',
      title: 'CloudWatch agent',
      action: 'remove',
      reason: 'it has no use on Azure',
      azureEquivalent: 'Azure Monitor agent',
    },
    { id: 'aws-cli-v2', title: 'AWS CLI v2', action: 'keep', reason: 'images.yaml keeps it', azureEquivalent: 'Azure CLI' },
    { id: 'fstab-aws', title: 'fstab entries of AWS', action: 'report', reason: 'a person decides: it is shown and left alone' },
  ],
  checks: [aCheck('waagent', 'block'), aCheck('cloud-init-azure', 'block'), aCheck('aws-agents', 'block')],
  regions: [
    { name: 'northeurope', replicas: 1, storage: 'Standard_LRS' },
    { name: 'swedencentral', replicas: 2, storage: 'Standard_ZRS' },
  ],
  tags: { service: 'web' },
  digest: '0123456789abcdef'.repeat(4),
  issues: [
    {
      severity: 'warning',
      code: 'DATA_DISKS',
      message: 'the AMI has a data disk of 100 GiB, which the image does not carry',
      hint: 'move its content, or attach a disk at deployment',
    },
  ],
};

const checks = [
  { id: 'waagent', title: 'Azure Linux agent is enabled', severity: 'block', status: 'pass', detail: 'walinuxagent 2.11 is enabled' },
  { id: 'aws-agents', title: 'no AWS agent is left', severity: 'block', status: 'pass', detail: 'none of 31 found' },
  { id: 'swap', title: 'no swap on the OS disk', severity: 'warn', status: 'fail', detail: '/swapfile is active' },
  { id: 'rdp', title: 'RDP is enabled', severity: 'info', status: 'skip', detail: 'not for Linux' },
] as const;

const plan = reportedPlan(wholePlan);

const published: ImageReport = {
  kind: 'ImageReport',
  schemaVersion: 1,
  image: 'web-golden',
  outcome: 'published',
  exitCode: 0,
  stage: 'publish',
  analysis: reportedAnalysis(analysis),
  match,
  plan,
  build: {
    kind: 'BuildResult',
    schemaVersion: 1,
    image: 'web-golden',
    engine: 'image-builder',
    runId: '20261121t081502-3f9a',
    versionId: VERSION_ID,
    version: '2026.1121.1',
    started: '2026-11-21T08:15:04Z',
    finished: '2026-11-21T08:39:04Z',
    simulated: true,
    issues: [],
  },
  validation: {
    kind: 'ValidationReport',
    schemaVersion: 1,
    image: 'web-golden',
    versionId: VERSION_ID,
    vms: [
      { vmSize: 'Standard_D2s_v5', controller: 'SCSI', secondsToReady: 48, checks },
      { vmSize: 'Standard_D2s_v6', controller: 'NVMe', secondsToReady: 41.5, checks: checks.slice(0, 2) },
    ],
    components: [
      { id: 'amazon-ssm-agent', outcome: 'removed' },
      { id: 'aws-cli-v2', outcome: 'kept' },
      { id: 'fstab-aws', outcome: 'reported' },
    ],
    recorded: 3,
    passed: true,
    simulated: true,
    issues: [],
  },
  published: {
    kind: 'GalleryVersion',
    schemaVersion: 1,
    image: 'web-golden',
    versionId: VERSION_ID,
    version: '2026.1121.1',
    promoted: true,
    regions: [
      { name: 'northeurope', state: 'Completed', progress: 100 },
      { name: 'swedencentral', state: 'Completed', progress: 100 },
    ],
    tags: { service: 'web' },
    simulated: true,
    issues: [],
  },
  timings: { analyze: 82, match: 140, plan: 12, preflight: 410, render: 9, build: 1_440_000, validate: 95_000, publish: 372_000 },
  issues: [],
};

const blocked: ImageReport = {
  kind: 'ImageReport',
  schemaVersion: 1,
  image: 'rhel-9',
  outcome: 'blocked',
  exitCode: 2,
  stage: 'match',
  match: {
    ...match,
    image: 'rhel-9',
    verdict: 'catalog',
    confidence: 'medium',
    chosen: undefined,
    candidates: [],
    rejected: [],
    questions: [
      {
        code: 'LICENCE_CHOICE',
        text: 'Who is paid for Red Hat Enterprise Linux on Azure?',
        options: [
          { value: 'payg', consequence: 'Azure bills Red Hat by the hour' },
          { value: 'byos', consequence: 'your own subscription, enabled in Cloud Access' },
        ],
        answerWith: 'licence',
      },
    ],
    issues: [
      {
        severity: 'question',
        code: 'LICENCE_CHOICE',
        message: 'rhel-9 can be paid by the hour or with an own subscription',
        image: 'rhel-9',
      },
    ],
  },
  timings: { analyze: 90, match: 60 },
  issues: [],
};

const failed: ImageReport = {
  kind: 'ImageReport',
  schemaVersion: 1,
  image: 'api-arm64',
  outcome: 'failed',
  exitCode: 6,
  stage: 'validate',
  validation: {
    kind: 'ValidationReport',
    schemaVersion: 1,
    image: 'api-arm64',
    versionId: VERSION_ID,
    vms: [
      {
        vmSize: 'Standard_D2ps_v6',
        controller: 'NVMe',
        checks: [{ id: 'boot', title: 'the VM boots', severity: 'block', status: 'fail', detail: 'no agent within 30 min' }],
        serialLog: 'EFI stub: Booting Linux Kernel...\nKernel panic - not syncing: VFS: Unable to mount root fs\n',
      },
    ],
    components: [],
    passed: false,
    simulated: true,
    issues: [
      {
        severity: 'error',
        code: 'VALIDATION_FAILED',
        message: 'the test VM Standard_D2ps_v6 did not come up within 30 minutes',
        hint: 'read the serial log; the kernel may lack the nvme driver',
        image: 'api-arm64',
        place: { file: 'docs/examples/fleet.yaml', line: 26, column: 3 },
      },
    ],
  },
  timings: { build: 1_200_000, validate: 1_805_000 },
  issues: [],
};

/** A sandbox run over three images: one published, one that waits for an answer, one whose test VM did not boot. */
export const REPORT: Report = Report.parse({
  kind: 'Report',
  schemaVersion: 1,
  runId: '20261121t081502-3f9a',
  tool: { name: 'regild', version: '0.1.0' },
  command: 'build-image',
  started: '2026-11-21T08:15:02Z',
  finished: '2026-11-21T09:08:22Z',
  clouds: { aws: 'sandbox', azure: 'sandbox', simulated: true },
  images: [published, blocked, failed],
  issues: [{ severity: 'info', code: 'LEAK_ALLOWED', message: 'the leak scan lets /opt/app/tests pass: keys of the tests' }],
} satisfies Report);

/** The whole document. */
export function rendered(report: Report, format: ReportFormat, history?: RunHistory): string {
  return [...renderReport(report, format, { history })].join('');
}

export const EXPLAINED = { analysis: reportedAnalysis(analysis), match, plan };
