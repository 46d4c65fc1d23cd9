import { compareVersions, isWithin, versionNumbers } from '../model/index.ts';
import type { OfferedBase, Option, Source } from './option.ts';
import { baseWords, billsProduct, compareVariants } from './variant.ts';

/** What a team must expect to be different from the AMI on this base, the large changes first. */
export function differencesOf(option: Option, source: Source): readonly string[] {
  const { base, release, road } = option;
  return [
    ...(road.kind === 'successor' ? road.differences : []),
    ...otherSystem(option, source),
    ...(release.distro === source.distro ? [] : (source.release?.leaving ?? [])),
    ...variantDifferences(base, source),
    ...pointReleaseDifference(option, source),
    ...productDifference(base, source),
    ...machineDifferences(base, source),
    ...licenceDifferences(base, source),
  ];
}

/** Who names a base has decided, and reads all the same what it changes. */
export function otherSystem({ release, road }: Option, source: Source): readonly string[] {
  const { distro, release: own } = source;
  if (road.kind !== 'chosen-by-user' || distro === undefined || release.id === own?.id) return [];
  if (release.distro !== distro) {
    return [`${release.title} instead of ${ownName(source)}: package names, versions and tools are those of another distribution`];
  }
  if (own === undefined) return [];
  const isOlder = compareVersions(versionNumbers(release.version), versionNumbers(own.version)) < 0;
  return [`${release.title}, ${isOlder ? 'an older' : 'another'} release, instead of ${ownName(source)}`];
}

/** The AMI's own system, by its title where the catalog has one. */
export function ownName({ release, listed, distro, version }: Source): string {
  return listed && release !== undefined ? release.title : [distro, version].filter(Boolean).join(' ');
}

function variantDifferences(base: OfferedBase, source: Source): readonly string[] {
  const { variant, vocabulary } = source;
  const { missing, extra } = compareVariants(variant, baseWords(base, vocabulary));
  return [
    ...missing.map((word) => {
      const without = vocabulary.words.get(word)?.without;
      return `the AMI is an image of the kind ${word}, this one is not: ${without ?? 'install or configure it'}`;
    }),
    ...extra.map((word) => `this is an image of the kind ${word}, the AMI is not`),
  ];
}

function pointReleaseDifference({ base, release, road }: Option, { version }: Source): readonly string[] {
  if (road.kind !== 'same-release' || version === undefined) return [];
  const exact = versionNumbers(version);
  if (base.version !== undefined) {
    return isWithin(exact, versionNumbers(base.version)) ? [] : [`point release ${base.version} instead of ${version}`];
  }
  return exact.length > versionNumbers(release.version).length
    ? [`the newest point release of ${release.title} instead of ${version}`]
    : [];
}

function productDifference({ productVersion }: OfferedBase, source: Source): readonly string[] {
  if (productVersion === undefined || source.productVersion === undefined || productVersion.startsWith(source.productVersion)) return [];
  return [`carries version ${productVersion}, the AMI ${source.productVersion}: databases are upgraded when attached`];
}

function machineDifferences({ generation, layout }: OfferedBase, { bootMode }: Source): readonly string[] {
  return [
    ...(generation === 'V2' && bootMode === 'legacy-bios'
      ? ['boots UEFI instead of BIOS: boot loader and partition table come from the base']
      : []),
    ...(generation === 'V1' && bootMode === 'uefi-preferred' ? ['boots BIOS; the AMI preferred UEFI'] : []),
    ...(layout === 'lvm' ? ['the root disk holds several LVM volumes; the AMI had one partition'] : []),
  ];
}

function licenceDifferences(base: OfferedBase, source: Source): readonly string[] {
  const { licence, plan } = base;
  return [
    ...(licence === 'payg' && source.licence === 'free' && !billsProduct(base, source) ? ['the operating system is billed per hour'] : []),
    ...(licence === 'payg' && source.licence === 'byos'
      ? ['the licence type must be set on every VM at deployment, or Azure bills the operating system']
      : []),
    ...(plan ? ['carries a purchase plan: accept its terms once per subscription; the gallery definition and every VM name it'] : []),
  ];
}
