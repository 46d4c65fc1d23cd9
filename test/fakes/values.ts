import type {
  Analysis,
  BaseMatch,
  BuildPlan,
  BuildResult,
  Candidate,
  ExistingDefinition,
  ExistingVersion,
  ImageSpec,
  PlannedCheck,
  Quota,
  VmSize,
} from '../../src/model/index.ts';
import { DEFAULT_TIMEOUTS } from '../../src/model/index.ts';

const PLACE = { file: 'images.yaml', line: 10, column: 3 };

/** An image of a manifest with every default, changed where a test needs it. */
export function aSpec(change: Partial<ImageSpec> = {}): ImageSpec {
  return {
    kind: 'ImageSpec',
    schemaVersion: 1,
    name: 'web',
    place: PLACE,
    source: { kind: 'ami', id: 'ami-0abc1234def567890', region: 'eu-west-1' },
    inspect: 'auto',
    engine: 'image-builder',
    base: 'auto',
    generation: 'auto',
    security: 'auto',
    controllers: 'auto',
    licence: undefined,
    accept: { successor: [], without: [], source: [] },
    target: { subscription: 'sub', resourceGroup: 'rg-images', gallery: 'gal', definition: 'web', location: 'northeurope' },
    regions: [
      { name: 'northeurope', replicas: 1, storage: 'Standard_LRS' },
      { name: 'westeurope', replicas: 2, storage: 'Standard_ZRS' },
    ],
    build: { identity: '/subscriptions/sub/identity', timeoutMinutes: 240 },
    test: { timeoutMinutes: 30 },
    timeouts: DEFAULT_TIMEOUTS,
    customize: [],
    components: {},
    measure: [],
    checks: { add: [], skip: [], allowLeaks: [], answers: [] },
    parity: 'report',
    parityAllow: [],
    refresh: { on: [], blackout: [], timeZone: 'UTC', urgent: [] },
    retention: { keep: 3, pinned: [] },
    safety: {},
    carryTags: [],
    tags: {},
    ...change,
  };
}

/** An Ubuntu 24.04 AMI, analysed. */
export function anAnalysis(change: Partial<Analysis> = {}): Analysis {
  const sure = <Value>(value: Value) => ({ value, confidence: 'high' as const, evidence: [] });
  return {
    kind: 'Analysis',
    schemaVersion: 1,
    image: 'web',
    ami: {
      id: 'ami-0abc1234def567890',
      region: 'eu-west-1',
      name: 'web-golden-2026-10-01',
      created: '2026-10-01T08:00:00.000Z',
      productCodes: [],
      disks: [{ device: '/dev/sda1', kind: 'ebs', root: true, sizeGiB: 40, type: 'gp3' }],
      tags: { team: 'web', 'aws:ec2launchtemplate:id': 'lt-1', 'cost/center?': 'x'.repeat(300) },
    },
    ancestry: [],
    amiFamily: sure('ubuntu-server'),
    osFamily: sure('linux'),
    distro: sure('ubuntu'),
    version: sure('24.04'),
    variant: sure('server'),
    architecture: sure('x64'),
    bootMode: sure('uefi-preferred'),
    licence: sure('free'),
    stock: sure(false),
    issues: [],
    ...change,
  };
}

/** The Gen2 Marketplace image of Ubuntu 24.04, confirmed live. */
export function aCandidate(change: Partial<Candidate> = {}): Candidate {
  return {
    base: 'ubuntu-24.04-server',
    urn: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202611010' },
    distro: 'ubuntu',
    version: '24.04',
    generation: 'V2',
    architecture: 'x64',
    licence: 'free',
    features: [
      { name: 'SecurityType', value: 'TrustedLaunchSupported' },
      { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
      { name: 'IsAcceleratedNetworkSupported', value: 'True' },
    ],
    osDiskSizeGB: 30,
    score: 100,
    reasons: [],
    differences: [],
    confidence: 'high',
    live: true,
    ...change,
  };
}

export function aMatch(chosen: Candidate = aCandidate()): BaseMatch & { readonly chosen: Candidate } {
  return {
    kind: 'BaseMatch',
    schemaVersion: 1,
    image: 'web',
    verdict: 'rebuild',
    confidence: 'high',
    chosen,
    candidates: [chosen],
    rejected: [],
    questions: [],
    issues: [],
  };
}

/** A planned check that runs on the test VM. */
export function aCheck(id: string, severity: PlannedCheck['severity'], stages: PlannedCheck['stages'] = ['test-vm']): PlannedCheck {
  return { id, title: `title of ${id}`, severity, stages };
}

/** A finished plan for Ubuntu 24.04 with Image Builder. */
export function aPlan(change: Partial<BuildPlan> = {}): BuildPlan {
  const { urn, generation, architecture, features } = aCandidate();
  return {
    kind: 'BuildPlan',
    schemaVersion: 1,
    image: 'web',
    provenance: { amiId: 'ami-0abc1234def567890', amiRegion: 'eu-west-1' },
    engine: 'image-builder',
    os: { family: 'linux', distro: 'ubuntu', version: '24.04', guest: 'debian' },
    base: { urn, generation, architecture, features },
    security: 'TrustedLaunchSupported',
    controllers: ['SCSI', 'NVMe'],
    subscription: 'sub',
    resourceGroup: 'rg-images',
    gallery: 'gal',
    location: 'northeurope',
    definition: {
      name: 'web',
      osType: 'Linux',
      osState: 'Generalized',
      generation: 'V2',
      architecture: 'x64',
      identifier: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server-web' },
      features: [
        { name: 'SecurityType', value: 'TrustedLaunchSupported' },
        { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
      ],
      description: 'ubuntu 24.04 translated by regild',
    },
    version: '2026.1121.0',
    route: 'direct',
    build: { vmSize: 'Standard_D2s_v5', osDiskSizeGB: 40, timeoutMinutes: 240 },
    test: {
      shapes: [
        { vmSize: 'Standard_D2s_v5', controller: 'SCSI' },
        { vmSize: 'Standard_D2s_v6', controller: 'NVMe' },
      ],
      timeoutMinutes: 30,
    },
    timeouts: DEFAULT_TIMEOUTS,
    dataDisks: [],
    provisioners: [],
    guestScripts: [],
    guestFiles: [],
    parity: { policy: 'report', allow: [] },
    components: [],
    checks: [aCheck('first', 'block'), aCheck('second', 'warn')],
    regions: aSpec().regions,
    tags: { 'regild-image': 'web' },
    digest: 'd'.repeat(64),
    issues: [],
    ...change,
  };
}

export function aBuild(change: Partial<BuildResult> = {}): BuildResult {
  return {
    kind: 'BuildResult',
    schemaVersion: 1,
    image: 'web',
    engine: 'image-builder',
    runId: 'run-1',
    versionId: '/versions/2026.1121.0',
    version: '2026.1121.0',
    started: '2026-11-21T08:00:00.000Z',
    finished: '2026-11-21T08:30:00.000Z',
    simulated: false,
    issues: [],
    ...change,
  };
}

/** The staged version of aBuild(): in the build region, excluded from latest. */
export function aVersion(change: Partial<ExistingVersion> = {}): ExistingVersion {
  return {
    id: '/versions/2026.1121.0',
    name: '2026.1121.0',
    location: 'northeurope',
    excludeFromLatest: true,
    provisioningState: 'Succeeded',
    published: '2026-11-21T08:30:00.000Z',
    targetRegions: [{ name: 'northeurope', replicas: 1, storage: 'Standard_LRS' }],
    replication: [{ name: 'northeurope', state: 'Completed', progress: 100 }],
    excludedRegions: [],
    safety: { blockDeletionBeforeEndOfLife: false, allowDeletionOfReplicatedLocations: false },
    tags: { 'regild-run': 'run-1', 'regild-digest': aPlan().digest },
    ...change,
  };
}

/** The definition of aPlan() as Azure returns it. */
export function aDefinition(change: Partial<ExistingDefinition> = {}): ExistingDefinition {
  const { description: _, ...definition } = aPlan().definition;
  return { ...definition, id: '/definitions/web', location: 'northeurope', ...change };
}

export function aSize(change: Partial<VmSize> = {}): VmSize {
  return {
    name: 'Standard_D2s_v5',
    family: 'standardDSv5Family',
    vcpus: 2,
    memoryGiB: 8,
    architecture: 'x64',
    generations: ['V1', 'V2'],
    controllers: ['SCSI'],
    trustedLaunch: true,
    restriction: undefined,
    zones: ['1', '2', '3'],
    acceleratedNetworking: true,
    premiumDisks: true,
    dataDisks: 4,
    ephemeralOsDisk: undefined,
    ...change,
  };
}

export function aQuota(change: Partial<Quota> = {}): Quota {
  return { name: 'cores', used: 0, limit: 100, ...change };
}
