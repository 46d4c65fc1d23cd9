import { type Finding, type ForecastItem, formatUrn, type ImageReport, type Range, soldOffer } from '../model/index.ts';
import { contentFacts } from './content-facts.ts';
import type { Fact } from './fact.ts';
import { parityFacts } from './parity-facts.ts';

/** What is known of an image, as far as it came, in the order in which it walked: where from, onto what, as what, into what. */
export function factsOf(image: ImageReport): readonly Fact[] {
  const facts = [
    fact('source', sourceOf(image)),
    fact('system', systemOf(image)),
    ...contentFacts(image),
    ...parityFacts(image),
    fact('verdict', image.match && `${image.match.verdict} (${image.match.confidence} confidence)`),
    fact('base', baseOf(image)),
    ...vendorFacts(image),
    ...(image.match?.chosen?.differences ?? []).map((value) => ({ label: 'differs', value })),
    fact('machine', machineOf(image)),
    fact('licence', licenceOf(image)),
    ...dataDisksOf(image),
    fact('engine', engineOf(image)),
    fact('no room', fallbackOf(image)),
    ...forecastFacts(image),
    fact('version', image.published?.versionId ?? image.build?.versionId ?? plannedVersion(image)),
    fact('regions', targetRegionsOf(image)),
    fact('latest', latestOf(image)),
    ...buildChecks(image),
    fact('digest', image.plan?.digest),
  ];
  return facts.filter((each) => each !== undefined);
}

function fact(label: string, value: string | undefined): Fact | undefined {
  return value === undefined ? undefined : { label, value };
}

function sourceOf({ analysis, plan }: ImageReport): string | undefined {
  if (analysis !== undefined) return words(analysis.ami.id, analysis.ami.name, 'in', analysis.ami.region);
  const from = plan?.provenance;
  return from && words(from.amiId, from.amiName, 'in', from.amiRegion);
}

function systemOf({ analysis }: ImageReport): string | undefined {
  if (analysis === undefined) return undefined;
  const { distro, version, variant, architecture, bootMode } = analysis;
  const shown = [words(told(distro), version.value, variant.value), told(architecture), bootMode.value && `boots ${bootMode.value}`];
  return shown.filter((part) => part !== undefined).join(', ');
}

function told(finding: Finding<string>): string {
  return finding.value ?? 'unknown';
}

function baseOf({ match, plan }: ImageReport): string | undefined {
  const urn = plan?.base.urn ?? match?.chosen?.urn;
  if (urn === undefined) return match && 'none';
  const candidates = match === undefined ? undefined : `(best of ${match.candidates.length})`;
  return words(formatUrn(urn), candidates);
}

/** What the vendor sells on Azure in the AMI's place, what that changes, what nothing tells, and what is to be confirmed. */
function vendorFacts({ match }: ImageReport): readonly Fact[] {
  if (match?.vendor === undefined) return [];
  const { offers, differences, open, checks } = match.vendor;
  return [
    ...offers.map((offer) => ({ label: 'offer', value: soldOffer(offer) })),
    ...differences.map((value) => ({ label: 'differs', value })),
    ...open.map((question) => ({ label: 'ask', value: question })),
    ...checks.map(({ subject, ami, confirm }) => ({ label: 'confirm', value: `${subject} (${ami}): ${confirm}` })),
  ];
}

function machineOf({ plan }: ImageReport): string | undefined {
  return (
    plan &&
    [plan.base.generation, plan.base.architecture, plan.security, plan.controllers.join(' and ')].filter((part) => part !== '').join(', ')
  );
}

function licenceOf({ match, plan }: ImageReport): string | undefined {
  const licence = match?.chosen?.licence;
  const type = plan?.deploymentLicenseType;
  if (licence === undefined || type === undefined) return licence;
  return licence === 'payg'
    ? `byos (Azure Hybrid Benefit: deploy with licenseType ${type})`
    : `${licence} (deploy with licenseType ${type})`;
}

/** The image carries none of them: each is a line of advice for the VMs made from it. */
function dataDisksOf({ plan }: ImageReport): readonly Fact[] {
  return (plan?.dataDisks ?? []).map(({ device, sizeGiB, type, reason }) => {
    const size = sizeGiB === undefined ? undefined : `${sizeGiB} GiB`;
    return { label: 'data disk', value: `${words(device, size)} → ${type}: ${reason}` };
  });
}

/** What the user's own checks said before the image was generalized; what failed is an issue. */
function buildChecks({ validation }: ImageReport): readonly Fact[] {
  return (validation?.built ?? []).flatMap(({ id, status, detail }) => {
    if (status !== 'pass' && status !== 'skip') return [];
    return [{ label: 'build check', value: words(id, status === 'pass' ? 'passed' : 'skipped', detail && `(${detail})`) }];
  });
}

/** Whether the version of the plan is one to come: none comes of an image that is held, and of one that is as it was the version that there is has another name. */
export function comes({ outcome }: Pick<ImageReport, 'outcome'>): boolean {
  return outcome !== 'blocked' && outcome !== 'unchanged';
}

function plannedVersion({ plan, outcome }: ImageReport): string | undefined {
  if (!comes({ outcome })) return undefined;
  return plan && `${plan.gallery}/${plan.definition.name}/${plan.version} (planned)`;
}

/** Where the version is to go, as long as it is not there; what became of it stands region by region. */
function targetRegionsOf({ plan, published, outcome }: ImageReport): string | undefined {
  if (plan === undefined || published !== undefined || !comes({ outcome })) return undefined;
  const later = plan.release?.laterRegions ?? [];
  return plan.regions
    .map(({ name, replicas, storage }) => {
      const copies = `${replicas} ${replicas === 1 ? 'replica' : 'replicas'} on ${storage}`;
      const said = [copies, name === plan.location && 'built here', later.includes(name) && '`latest` in a later wave'];
      return `${name} (${said.filter((part) => part !== false).join(', ')})`;
    })
    .join('; ');
}

/** The managed service needs no reason; `regild explain` gives it all the same. */
function engineOf({ plan }: ImageReport): string | undefined {
  if (plan === undefined) return undefined;
  const why = plan.engine === 'packer' && plan.engineReason !== undefined ? ` (${plan.engineReason})` : '';
  return `${plan.engine} on ${plan.build.vmSize} in ${plan.location}${why}`;
}

/** Which sizes stand in where Azure has no room for the planned ones; the plan of a size that has none says nothing. */
function fallbackOf({ plan }: ImageReport): string | undefined {
  const vms = plan === undefined ? [] : [plan.build, ...plan.test.shapes];
  const told = vms.flatMap(({ vmSize, fallbackSizes = [] }) =>
    fallbackSizes.length === 0 ? [] : [`${vmSize} → ${fallbackSizes.join(', ')}`],
  );
  return told.length === 0 ? undefined : `in this order: ${[...new Set(told)].join('; ')}`;
}

/** What the build will use, as ranges; money where the user's price file has a price, with its date. */
function forecastFacts({ plan }: ImageReport): readonly Fact[] {
  const { items = [], prices } = plan?.forecast ?? {};
  const lines = items.map(({ what, of, unit, quantity, cost, assumption }) => {
    const money = cost === undefined ? undefined : `${range(cost)} ${prices?.currency}`;
    const amount = [`${range(quantity)} ${unit}`, money].filter((part) => part !== undefined).join(', ');
    return { label: 'forecast', value: `${words(FORECAST[what], of)}: ${amount} (${assumption})` };
  });
  if (prices === undefined) return lines;
  return [...lines, { label: 'prices', value: `${prices.currency} of ${prices.date} by ${prices.file}, from ${prices.source}` }];
}

const FORECAST = {
  'build-vm': 'build VM',
  'test-vms': 'test VMs',
  storage: 'storage',
  egress: 'copies to other regions',
} as const satisfies Readonly<Record<ForecastItem['what'], string>>;

function range({ least, most }: Range): string {
  return least === most ? `${most}` : `${least} to ${most}`;
}

function latestOf({ published, build }: ImageReport): string | undefined {
  if (published !== undefined) return published.promoted ? 'yes: `latest` resolves to this version' : 'no: excluded from latest';
  return build && 'no: staged, excluded from latest';
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
