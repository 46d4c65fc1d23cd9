import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { Analysis, BuildPlan, Candidate, ImageSpec, Issue } from '../../src/model/index.ts';
import { makePlan } from '../../src/plan/index.ts';
import { fakeContext } from '../fakes/context.ts';
import { anInventory } from '../fakes/inventory.ts';
import { ownFiles } from '../fakes/own-files.ts';
import { aCandidate, aDefinition, aMatch, anAnalysis, aSpec, aVersion } from '../fakes/values.ts';

/*
 * What each wish, base and AMI changes in the plan, against the plan without any: which lines go (-) and come (+). Renewed with `npx vitest run test/plan -u`.
 */

const { sizes, series, releases, components, checks, regions } = await loadCatalog();
/** Of the catalog only what these tests name, so that a further component or check changes nothing here. */
const OWN = {
  components: components.filter(({ id }) =>
    ['aws-cli', 'aws-logs-state', 'aws-credentials', 'ec2-net-utils', 'kernel-linux-aws', 'nitro-enclaves', 'ec2launch'].includes(id),
  ),
  checks: checks.filter(({ id }) => /^(?:hv|azl)-0[1-3]|^ssh-01/.test(id)),
};

interface Case {
  readonly spec?: Partial<ImageSpec>;
  readonly base?: Partial<Candidate>;
  readonly analysis?: Partial<Analysis>;
  readonly gallery?: { readonly versions?: readonly ReturnType<typeof aVersion>[]; readonly definition?: ReturnType<typeof aDefinition> };
}

const { build, test: testing, target, checks: gates } = aSpec();
const { ami } = anAnalysis();
const sure = <Value>(value: Value) => ({ value, confidence: 'high' as const, evidence: [] });
const root = (sizeGiB: number | undefined) => ({
  ami: { ...ami, disks: [{ device: '/dev/sda1', kind: 'ebs' as const, root: true, sizeGiB }] },
});
const used = (bytes: number) =>
  anInventory({
    boot: {
      ...anInventory().boot,
      fileSystems: [{ device: '/dev/sda1', type: 'ext4', mountPoint: '/', totalBytes: 40 * 2 ** 30, usedBytes: bytes }],
    },
  });
const V1: Partial<Candidate> = { generation: 'V1', features: [] };
const ARM: Partial<Candidate> = { architecture: 'arm64' };
const PLAIN: Partial<Candidate> = { features: [] };

const CASES: Readonly<Record<string, Case>> = {
  'engine packer': { spec: { engine: 'packer' } },
  'engine packer, arm64': { spec: { engine: 'packer' }, base: ARM },
  'engine packer, Trusted Launch': { spec: { engine: 'packer', security: 'TrustedLaunch' } },
  'generation V1': { base: V1 },
  'generation V1, Trusted Launch and NVMe': { spec: { security: 'TrustedLaunch', controllers: ['SCSI', 'NVMe'] }, base: V1 },
  'generation V1, arm64': { base: { ...V1, ...ARM } },
  'a base that states nothing': { base: PLAIN },
  'a base that states nothing, TrustedLaunch': { spec: { security: 'TrustedLaunch' }, base: PLAIN },
  'a base that states nothing, TrustedLaunchSupported and NVMe': {
    spec: { security: 'TrustedLaunchSupported', controllers: ['SCSI', 'NVMe'] },
    base: PLAIN,
  },
  'a base for confidential VMs': { base: { features: [{ name: 'SecurityType', value: 'ConfidentialVM' }] } },
  'no controller': { spec: { controllers: [] } },
  'NVMe alone': { spec: { controllers: ['NVMe'] } },
  'an AMI with NitroTPM': { analysis: { ami: { ...ami, tpm: 'v2.0' } } },
  'an AMI with NitroTPM, Standard': { spec: { security: 'Standard' }, analysis: { ami: { ...ami, tpm: 'v2.0' } } },
  'an AMI with NitroTPM, generation V1': { base: V1, analysis: { ami: { ...ami, tpm: 'v2.0' } } },
  'sizes that the catalog knows and that cannot': {
    spec: {
      build: { ...build, vmSize: 'Standard_D4ps_v5', fallbackSizes: ['standard_d4ps_v5', 'Standard_D4s_v5', 'Standard_D4s_v5'] },
      test: {
        ...testing,
        vmSize: 'Standard_D4ps_v6',
        vmSizes: ['Standard_D4ps_v5'],
        fallbackSizes: ['Standard_D4s_v6', 'Standard_D4ps_v6'],
      },
    },
  },
  'sizes that nobody knows': { spec: { build: { ...build, vmSize: 'Standard_X1' }, test: { ...testing, vmSize: 'Standard_X2' } } },
  'generation V2 sizes for a V1 base': { spec: { build: { ...build, vmSize: 'Standard_D4s_v6' } }, base: V1 },
  'test sizes, all pairs': { spec: { test: { ...testing, vmSizes: ['Standard_D4s_v5', 'Standard_E4s_v6'], shapes: 'pairs' } } },
  'test sizes and a region': {
    spec: {
      test: {
        ...testing,
        vmSizes: ['Standard_D4s_v5'],
        regions: [
          { name: 'westeurope', subnet: '/subnet' },
          { name: 'uksouth', vmSize: 'Standard_D4s_v6' },
        ],
      },
    },
  },
  'regions, all pairs': { spec: { test: { ...testing, shapes: 'pairs', regions: [{ name: 'westeurope', subnet: '/subnet' }] } } },
  'login over the network': { spec: { test: { ...testing, login: 'network', zones: ['1', '2'], subnet: '/subnet' } } },
  windows: {
    base: { distro: 'windows-server', version: '2022', licence: 'payg' },
    analysis: { osFamily: sure('windows' as const), distro: sure('windows-server'), version: sure('2022') },
  },
  'windows, licence brought along': {
    spec: { licence: 'byos' },
    base: { distro: 'windows-server', version: '2022', licence: 'payg' },
    analysis: { osFamily: sure('windows' as const), distro: sure('windows-server'), version: sure('2022') },
  },
  'a base with a purchase plan': { base: { plan: { publisher: 'p', product: 'q', name: 'r' } } },
  'an OS disk that is too small': { spec: { build: { ...build, osDiskSizeGB: 10 } } },
  'an OS disk that is too large': { spec: { build: { ...build, osDiskSizeGB: 2049 } } },
  'an OS disk of the most that there is': { spec: { build: { ...build, osDiskSizeGB: 2048 } } },
  'an OS disk that is too large for V1': { base: V1, analysis: root(4096) },
  'a root volume of 4 TiB': { analysis: root(4096) },
  'a root volume of unknown size': { analysis: root(undefined) },
  'a root volume of 40 GiB with 5 GiB used': { analysis: { inventory: used(5 * 2 ** 30) } },
  'a root volume of 40 GiB with 30 GiB used': { analysis: { inventory: used(30 * 2 ** 30) } },
  'components answered': {
    spec: {
      components: {
        'aws-cli': 'remove',
        'aws-credentials': 'keep',
        'kernel-linux-aws': 'remove',
        'nitro-enclaves': 'keep',
        nobody: 'keep',
        ec2launch: 'remove',
      },
    },
  },
  'checks skipped and answered': {
    spec: {
      checks: {
        ...gates,
        skip: ['azl-01', 'hv-02', 'no-check'],
        allowLeaks: [{ path: '/etc/x', reason: 'a demo' }],
        answers: [
          { id: 'azl-02', item: '*', reason: 'known' },
          { id: 'SL-17', item: '/x', reason: 'test' },
          { id: 'nothing', item: '/x', reason: 'test' },
        ],
      },
    },
  },
  'tags carried over': { spec: { carryTags: 'all', tags: { env: 'prod' } } },
  production: {
    spec: { production: { target: { ...target, gallery: 'prod', location: 'westeurope' }, regions: aSpec().regions, automatic: true } },
  },
  'production, Trusted Launch': {
    spec: { security: 'TrustedLaunch', production: { target: { ...target, gallery: 'prod' }, regions: aSpec().regions, automatic: false } },
  },
  'a release with an end': { spec: { endOfLife: '180d', softDelete: true, safety: { blockDeletionBeforeEndOfLife: true } } },
  'a rollout': {
    spec: {
      rollout: [
        { regions: ['northeurope'], approval: false },
        { regions: ['westeurope'], approval: true },
      ],
    },
  },
  'kept on error': { spec: { onError: { kind: 'keep', hours: 4 } as never } },
  'an existing definition': { gallery: { definition: aDefinition(), versions: [aVersion({ name: '2026.1121.4' })] } },
  'an existing definition without features': { gallery: { definition: aDefinition({ features: [] }) } },
  'an existing definition of another generation': { gallery: { definition: aDefinition({ generation: 'V1' }) } },
  'a region far from the AMI': { spec: { target: { ...target, location: 'eastus' } } },
};

async function planOf({ spec: change = {}, base, analysis, gallery: has = {} }: Case): Promise<BuildPlan> {
  const spec = aSpec(change);
  const gallery = { versions: async () => has.versions ?? [], definition: async () => has.definition };
  const text = async (path: string) => path;
  const context = fakeContext({ gallery, assets: { ...ownFiles(text), user: text } }, { sizes, series, releases, regions, ...OWN });
  return makePlan(spec, anAnalysis(analysis), aMatch(aCandidate(base)), context, ([first]) => {
    if (first === undefined) throw new Error('there is an engine');
    return first;
  });
}

/** One line for each thing that the plan says, but for its input, what holds digests, and the table of components, which is one of catalog facts. */
function lines(plan: BuildPlan): readonly string[] {
  const { provisioners, guestScripts, guestFiles, issues, forecast, digest, base, ...said } = plan;
  return [
    ...leaves('', said),
    ...provisioners.map((step) => `step ${step.phase} ${step.kind === 'guest' ? `${step.id}: ${step.title}` : step.kind}`),
    ...guestFiles
      .filter(({ path }) => !['components.tsv', 'provenance.tsv'].includes(path))
      .flatMap(({ path, content }) => content.split('\n').map((row) => `${path} ${row.replaceAll('\t', ' | ')}`)),
    ...issues.map(sentence),
  ];
}

function sentence({ severity, code, message, hint, source, place }: Issue): string {
  return [`${severity} ${code} ${message}`, hint && `-> ${hint}`, source, place && `${place.file}:${place.line}`]
    .filter(Boolean)
    .join(' · ');
}

/** What a line is about; what is gone is told only where nothing else is said of it. */
function subject(line: string): string {
  return line.split(/[:=]/)[0] ?? line;
}

/** What holds values only is one line. */
function leaves(path: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const nested = entries.filter(([, inner]) => typeof inner === 'object' && inner !== null);
  if (nested.length === 0) return [`${path}: ${inline(value)}`];
  return entries.flatMap(([key, inner]) =>
    leaves(path === '' || Array.isArray(value) ? `${path}${path === '' ? key : ''}` : `${path}.${key}`, inner),
  );
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'none';
  if (typeof value !== 'object' || value === null) return `${value}`;
  return Object.entries(value)
    .flatMap(([key, inner]) => (inner === undefined ? [] : `${key} ${inner}`))
    .join(', ');
}

test('what each wish changes', async () => {
  const plain = lines(await planOf({}));
  const blocks = await Promise.all(
    Object.entries(CASES).map(async ([name, one]) => {
      const changed = lines(await planOf(one));
      const come = changed.filter((line) => !plain.includes(line));
      const gone = plain.filter((line) => !changed.includes(line) && !come.some((other) => subject(other) === subject(line)));
      return [name, ...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)].join('\n  ');
    }),
  );
  const text = ['without a wish', ...plain].join('\n  ');
  await expect(`${[text, ...blocks].join('\n\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'effects.txt'));
});
