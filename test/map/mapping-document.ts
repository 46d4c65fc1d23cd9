import type { Catalog, DiskType, InstanceClass, VmSeries } from '../../src/catalog/schema.ts';
import { mapInstance } from '../../src/map/index.ts';

const INTRODUCTION = `# The rest of the machine

What an AMI ran on, and what stands in for it on Azure. \`regild map m5.xlarge gp3:100:3000 eu-west-1\` answers for your own machines, with every reason
and point; \`--json\` gives the same as data. Volumes are written as type:GiB:IOPS:MiB/s, with \`root:\` in front for the root volume.

An instance type and volumes that are asked about together are compared: a VM size has limits of its own for all its disks (\`regild map m5.large
gp3:500:16000\` names the smallest size that holds them). Counted is what a volume was given beyond what its type does anyway.

These are defaults to start from. Measure before you move: both the disk and the VM size limit IOPS and throughput on Azure, and what is sold differs
by location. The tables below are made from \`src/catalog/\` (\`regions\`, \`geographies\`, \`instances\`, \`series\`, \`volumes\`, \`disks\`), where each fact has
its source.
`;

/** docs/reference/mapping.md as Markdown. */
export function mappingDocument(catalog: Catalog): string {
  return [INTRODUCTION, regions(catalog), instances(catalog), series(catalog), volumes(catalog), disks(catalog)].join('\n');
}

function regions({ regions }: Catalog): string {
  const rows = regions.map(({ id, place, azure, alternatives, reason, confidence, cloud }) => [
    id,
    place,
    azure ?? 'none',
    alternatives.map(({ location, remark }) => `${location} (${remark})`).join('; '),
    cloud === 'public' || cloud === 'isolated' ? reason : `${cloud} cloud. ${reason}`,
    confidence,
  ]);
  const text =
    'Where the Azure location of your target lies in another geography than the one below, the plan says so (`OTHER_GEOGRAPHY`).';
  return section('Regions', text, ['AWS', 'place', 'Azure', 'or', 'because', 'confidence'], rows);
}

function instances(catalog: Catalog): string {
  const rows = catalog.instances.map((one) => [
    `\`${one.id}\``,
    one.title,
    one.equivalence,
    one.series.map((id) => catalog.series.find((item) => item.id === id)?.title ?? id).join(', '),
    exampleOf(one, catalog),
    one.notes.join('; '),
  ]);
  const text =
    'Every size of these series that has the architecture, the vCPUs and the memory is a candidate; points decide. `similar` is the same job on other hardware, `substitute` needs changes to the workload. Bare metal becomes a Dedicated Host.';
  return section('Instance types', text, ['class', 'what', 'equivalence', 'series', 'for example', 'notes'], rows);
}

/** The newest family's middle size, and what it becomes. */
function exampleOf({ families }: InstanceClass, catalog: Catalog): string {
  const family = families.at(-1);
  const size = family?.sizes[Math.floor((family.sizes.length - 1) / 2)];
  const type = `${family?.name}.${size}`;
  const mapping = mapInstance(type, catalog);
  return `${type} → ${'candidates' in mapping ? mapping.candidates[0]?.name : 'nothing'}`;
}

function series({ series }: Catalog): string {
  const rows = series.map((one) => [
    one.title,
    one.architecture,
    `${one.sizes[0]?.vcpus}–${one.sizes.at(-1)?.vcpus}`,
    one.generations.join(', '),
    one.controllers?.join(', ') ?? 'ask the sizes API',
    yes(one.trustedLaunch),
    one.localDisk ? 'yes' : 'no',
    remarks(one),
  ]);
  const text = 'A series with NVMe only boots images of generation V2 that are tagged for NVMe.';
  return section(
    'VM series',
    text,
    ['series', 'architecture', 'vCPUs', 'generations', 'disk controllers', 'Trusted Launch', 'local disk', 'notes'],
    rows,
  );
}

function remarks({ accelerator, retires, notes }: VmSeries): string {
  return [...(accelerator ? [accelerator] : []), ...(retires ? [`retires on ${retires}`] : []), ...notes].join('; ');
}

function yes(value: boolean | undefined): string {
  if (value === undefined) return 'ask the sizes API';
  return value ? 'yes' : 'no';
}

function volumes({ volumes, disks }: Catalog): string {
  const title = (id: string) => disks.find((disk) => disk.id === id)?.title ?? id;
  const rows = volumes.map(({ title: name, dataDisks, osDisks, lighter, reason }) => [
    name,
    dataDisks.map(title).join(', then ') || 'local disk',
    osDisks.map(title).join(', then ') || 'none',
    lighter ? `${title(lighter.disk)}, when ${lighter.when}` : '',
    reason,
  ]);
  const text = 'The next type is taken when the size, IOPS or throughput of the volume exceed what the type gives.';
  return section('Volumes', text, ['EBS', 'data disk', 'OS disk', 'cheaper', 'because'], rows);
}

function disks({ disks }: Catalog): string {
  const rows = disks.map((one) => [one.title, one.sku, one.osDisk ? 'yes' : 'no', sizesOf(one), mostOf(one), one.notes.join('; ')]);
  return section('Managed disks', 'What a disk gives at most.', ['type', 'SKU', 'OS disk', 'GiB', 'IOPS and MB/s', 'notes'], rows);
}

function sizesOf({ minSizeGiB, maxSizeGiB }: DiskType): string {
  return `${minSizeGiB}–${maxSizeGiB}`;
}

function mostOf({ tiers, provisioned }: DiskType): string {
  const last = tiers.at(-1);
  return provisioned ? `${provisioned.maxIops}, ${provisioned.maxThroughput}` : `${last?.iops}, ${last?.throughput} (${last?.name})`;
}

function section(title: string, text: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [`## ${title}`, '', text, '', line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n');
}
