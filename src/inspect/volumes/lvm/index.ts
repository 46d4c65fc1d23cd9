import { reading } from '../../guard.ts';
import { type OpenVolume, toUnread, type Unread, type Volume } from '../open-volume.ts';
import { segmentedSource, segmentsOf } from './logical-volume.ts';
import { type LvmSection, listOf, numberOf, textOf } from './metadata-text.ts';
import { type PhysicalVolume, readPhysicalVolume } from './physical-volume.ts';

const SECTOR = 512;
/** No group of an AMI has more. */
const MOST_VOLUMES = 1000;

/** The logical volumes on physical ones, and what of them is not read: thin pools, mirrors, caches, snapshots, what lies on other disks. */
export async function readLogicalVolumes(
  volumes: readonly OpenVolume[],
): Promise<{ readonly volumes: readonly Volume[]; readonly unread: readonly Unread[] }> {
  const read = await Promise.all(volumes.filter(({ content }) => content === 'lvm').map(readOne));
  const physical = read.flatMap((one) => ('id' in one ? [one] : []));
  const logical = await Promise.all(groupsOf(physical).map((group) => readGroup(group, physical)));
  return {
    volumes: logical.flatMap((one) => one.volumes),
    unread: [...read.flatMap((one) => ('id' in one ? [] : [one])), ...logical.flatMap((one) => one.unread)],
  };
}

async function readOne({ source, place }: OpenVolume): Promise<PhysicalVolume | Unread> {
  try {
    return await reading(`lvm: ${place}`, () => readPhysicalVolume(source));
  } catch (error) {
    return toUnread(error);
  }
}

interface Group {
  readonly name: string;
  readonly metadata: LvmSection;
}

/** Every physical volume holds a copy of its group's metadata: the newest counts. */
function groupsOf(physical: readonly PhysicalVolume[]): readonly Group[] {
  const newest = new Map<string, Group & { readonly sequence: number }>();
  for (const { metadata } of physical) {
    const [name, group] = [...(metadata?.sections ?? [])].find(([, { values }]) => values.has('extent_size')) ?? [];
    if (name === undefined || group === undefined) continue;
    const sequence = Number(group.values.get('seqno') ?? 0);
    if (sequence >= (newest.get(name)?.sequence ?? 0)) newest.set(name, { name, metadata: group, sequence });
  }
  return [...newest.values()];
}

async function readGroup(
  { name, metadata }: Group,
  physical: readonly PhysicalVolume[],
): Promise<{ readonly volumes: readonly Volume[]; readonly unread: readonly Unread[] }> {
  const find = (alias: string) => {
    const section = metadata.sections.get('physical_volumes')?.sections.get(alias);
    const source = section && physical.find(({ id }) => id === textOf(section, 'id').replaceAll('-', ''))?.source;
    return source && { source, firstExtent: numberOf(section, 'pe_start') * SECTOR };
  };
  // Volumes that are not visible are parts of others, such as the data of a thin pool.
  const visible = [...(metadata.sections.get('logical_volumes')?.sections ?? [])].filter(([, volume]) =>
    listOf(volume, 'status').includes('VISIBLE'),
  );
  const outcomes = await Promise.all(
    visible.slice(0, MOST_VOLUMES).map(async ([volume, section]): Promise<Volume | Unread> => {
      const logicalVolume = `${name}/${volume}`;
      const place = `volume ${logicalVolume}`;
      try {
        const extent = () => numberOf(metadata, 'extent_size') * SECTOR;
        const source = await reading(place, () => segmentedSource(segmentsOf(section, extent(), find)));
        return { place, source, logicalVolume };
      } catch (error) {
        return toUnread(error);
      }
    }),
  );
  return {
    volumes: outcomes.flatMap((outcome) => ('source' in outcome ? [outcome] : [])),
    unread: outcomes.flatMap((outcome) => ('source' in outcome ? [] : [outcome])),
  };
}
