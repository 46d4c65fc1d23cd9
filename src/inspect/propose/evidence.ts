import type { Confidence, Inventory, InventoryPackage } from '../../model/index.ts';

/** A package that people put into the image, with what shows it and how sure that is. */
export interface AddedPackage {
  readonly package: InventoryPackage;
  readonly confidence: Exclude<Confidence, 'none'>;
  readonly evidence: readonly string[];
}

/** Packages of one installation lie minutes apart; the image of a base is made in less than this (milliseconds). */
const BIRTH_MILLISECONDS = 6 * 60 * 60 * 1000;
/** Snaps that snapd itself and the images of Ubuntu bring. */
const BASE_SNAPS = /^(?:snapd|bare|core\d*|lxd|gnome-.*|gtk-common-themes)$/;

/**
 * The packages that people added to what came with the base, told by evidence and not by names: what the AMI was made from did not have it, or had it from
 * people too; it was named on a command line, apt or dnf marked it as asked for after the image's birth, or it came past the system's package manager.
 */
export function addedByPeople({ packages, ancestor }: Pick<Inventory, 'packages' | 'ancestor'>): readonly AddedPackage[] {
  const birth = birthOf(packages);
  const known = ancestor && new Map(ancestor.packages.map((each) => [keyOf(each), each.added === true]));
  return packages.flatMap((item) => {
    const added = known === undefined ? byMarks(item, birth) : byAncestor(item, known, birth);
    return added === undefined ? [] : [{ package: item, ...added }];
  });
}

/** The inventory of an image with what is known of the one that it was made from, which tells more than marks and times. */
export function madeFrom(inventory: Inventory, ancestor: Inventory | undefined): Inventory {
  if (ancestor === undefined) return inventory;
  const added = new Set(addedByPeople(ancestor).map((each) => keyOf(each.package)));
  const packages = ancestor.packages.map(({ manager, name }) => ({
    manager,
    name,
    added: added.has(keyOf({ manager, name })) || undefined,
  }));
  return { ...inventory, ancestor: { source: ancestor.source, packages } };
}

function keyOf({ manager, name }: Pick<InventoryPackage, 'manager' | 'name'>): string {
  return `${manager}:${name}`;
}

type Judgement = Omit<AddedPackage, 'package'>;

/** What an ancestor has is its base's, unless people had added it there: then it is theirs here as well. */
function byAncestor(item: InventoryPackage, known: ReadonlyMap<string, boolean>, birth: number | undefined): Judgement | undefined {
  const there = known.get(keyOf(item));
  if (there === false) return undefined;
  if (there)
    return byMarks(item, birth) ?? { confidence: 'medium', evidence: ['people had added it to the AMI that this one was made from'] };
  if (item.reason === 'dependency') return undefined;
  const asked = item.asked ? ['it was named on a command line'] : item.reason === 'manual' ? ['it is marked as asked for'] : [];
  return { confidence: 'high', evidence: ['the AMI that this one was made from does not have it', ...asked] };
}

function byMarks(item: InventoryPackage, birth: number | undefined): Judgement | undefined {
  switch (item.manager) {
    case 'deb':
    case 'rpm':
      return systemPackage(item, birth);
    case 'snap':
      return BASE_SNAPS.test(item.name) ? undefined : { confidence: 'low', evidence: ['it is a snap, and nothing tells when it came'] };
    case 'pip':
    case 'npm':
    case 'gem':
      return { confidence: 'medium', evidence: [`${item.manager} installed it for the whole machine, past the system's package manager`] };
    case 'program':
      return { confidence: 'medium', evidence: ['it is an installed program'] };
  }
}

function systemPackage({ asked, base, reason, installed }: InventoryPackage, birth: number | undefined): Judgement | undefined {
  const later = installed !== undefined && birth !== undefined && Date.parse(installed) > birth + BIRTH_MILLISECONDS;
  const when = later ? [`it was installed ${installed.slice(0, 10)}, after the base of ${new Date(birth).toISOString().slice(0, 10)}`] : [];
  if (asked) return { confidence: 'high', evidence: ['it was named on a command line that the package manager logged', ...when] };
  if (base || reason === 'dependency' || !later) return undefined;
  return reason === 'manual'
    ? { confidence: 'medium', evidence: ['it is marked as asked for', ...when] }
    : { confidence: 'low', evidence: when };
}

/** When the base was made: the time of the earliest package, of those that the system cannot be without where any is marked so. */
function birthOf(packages: readonly InventoryPackage[]): number | undefined {
  const times = packages.flatMap(({ installed }) => (installed === undefined ? [] : [Date.parse(installed)]));
  return times.length === 0 ? undefined : Math.min(...times);
}
