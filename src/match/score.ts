import { pointRelease, type Reason, versionNumbers } from '../model/index.ts';
import type { OfferedBase, OfferedRelease, Option, Road, Source } from './option.ts';
import { endsSoon, supportState } from './releases.ts';
import { baseWords, billsProduct, compareVariants, isSlight, servedBy, yearsBetween } from './variant.ts';

/** Every argument for and against a base, in a fixed order; their points add up to the score. */
export function reasonsFor(option: Option, source: Source, today: string): readonly Reason[] {
  const { release, base, road } = option;
  return [
    roadReason(road, release),
    supportReason(option, source, today),
    ...agreedReason(option, source),
    ...pointReleaseReason(option, source),
    ...variantReasons(option, source),
    ...productReason(base, source),
    ...architectureReason(base, source),
    generationReason(base.generation),
    ...licenceReason(base, source),
    ...planReason(base),
    ...layoutReason(base),
    ...confidenceReason(base),
    ...namingReason(base),
    ...deprecationReason(base),
  ];
}

function roadReason(road: Road, { title }: OfferedRelease): Reason {
  switch (road.kind) {
    case 'same-release':
      return reason('SAME_RELEASE', `${title}, as the AMI`, 50);
    case 'successor':
      return reason('SUCCESSOR', `${title} follows the AMI's release`, road.points);
    case 'version-guessed':
      return reason('VERSION_GUESSED', `${title}: same distribution, the AMI's version is not known`, 30 - 3 * road.place);
    case 'chosen-by-user':
      return reason('CHOSEN_BY_USER', `${title}: named in images.yaml`, 0);
  }
}

/** What is moved to another release is to live there for a while: not a year only, and not less than it would have where it is. */
function supportReason({ release: { support }, road }: Option, { release: own }: Source, today: string): Reason {
  switch (supportState(support, today)) {
    case 'standard':
      if (road.kind === 'successor' && endsSoon(support, own?.support, today))
        return reason('SUPPORT_ENDS_SOON', `in standard support until ${support.standard} only${endOf(own, today)}`, -6);
      return reason('SUPPORTED', `in standard support until ${support.standard}`, 6);
    case 'extended':
      return reason(
        'EXTENDED_SUPPORT',
        `standard support ended on ${support.standard}, extended support runs until ${support.extended}`,
        0,
      );
    case 'ended':
      return reason('SUPPORT_ENDED', `support ended on ${support.extended ?? support.standard}`, -40);
    case 'unstated':
      return reason('SUPPORT_UNSTATED', 'no end of support is stated', 0);
  }
}

function endOf(own: Source['release'], today: string): string {
  const end = own?.support.standard;
  return end !== undefined && end > today ? `, the AMI's own release until ${end}` : '';
}

/** Among successors, those that the user agrees to come first; the AMI's own release is never left because of them. */
function agreedReason({ road, release }: Option, { accepted, release: own }: Source): readonly Reason[] {
  const named = accepted.some((id) => own?.successors.some((next) => next.release === id));
  if (road.kind !== 'successor' || !named || accepted.includes(release.id)) return [];
  return [reason('OTHER_AGREED', 'images.yaml agrees to another release', -40)];
}

/** A rolling image first: AMIs follow their release's general updates, point releases hold on to theirs. */
function pointReleaseReason({ base, release, road, newerPoints }: Option, source: Source): readonly Reason[] {
  if (base.version === undefined) return [reason('ROLLING', 'follows the updates of the whole release', 6)];
  const offered = pointOf(base.version, release);
  const wanted =
    road.kind === 'same-release' && source.version
      ? pointRelease(versionNumbers(source.version), versionNumbers(release.version))
      : undefined;
  if (wanted === undefined) return [reason('POINT_RELEASE', `holds on to ${base.version}`, -Math.min(6, newerPoints))];
  const distance = Math.min(6, Math.ceil(Math.abs(offered - wanted)));
  if (distance === 0) return [reason('SAME_POINT_RELEASE', `${base.version}, as the AMI`, 3)];
  return offered > wanted
    ? [reason('NEWER_POINT_RELEASE', `holds on to ${base.version}, newer than the AMI's ${source.version}`, -distance)]
    : [reason('OLDER_POINT_RELEASE', `holds on to ${base.version}, older than the AMI's ${source.version}`, -8 - distance)];
}

function pointOf(version: string, release: OfferedRelease): number {
  return pointRelease(versionNumbers(version), versionNumbers(release.version)) ?? 0;
}

/**
 * Which packages a minimal system holds is each distribution's own affair: leaving one for another, that word counts for little. Nor does anybody leave
 * a release that still gets fixes for its sake. No base speaks another language than English, so that a language makes none of them less the AMI's variant.
 */
function variantReasons({ base, release, road }: Option, source: Source): readonly Reason[] {
  const { variant, vocabulary } = source;
  const offered = baseWords(base, vocabulary);
  const { missing, extra } = compareVariants(variant, offered);
  const elsewhere = release.distro !== source.distro;
  const ofKind = (kind: string) => (word: string) => vocabulary.words.get(word)?.kind === kind;
  const language = missing.filter(ofKind('language'));
  const others = missing.filter((word) => !language.includes(word));
  const same = others.every((word) => elsewhere && ofKind('packages')(word)) && extra.length === 0;
  const leaves = road.kind === 'successor' && !elsewhere && [...variant].some(ofKind('packages'));
  const light = (word: string, points: number) => (isSlight(word, variant, vocabulary) ? -3 : points);
  const untranslated = language.map((word) => reason('VARIANT_MISSING', `without ${word}, which the AMI has`, light(word, -10)));
  if (same) return [reason('SAME_VARIANT', `the ${base.variant} variant, as the AMI`, leaves ? 3 : 12), ...untranslated];
  return [
    ...untranslated,
    ...others.map((word) => {
      const nearest = servedBy(word, offered, vocabulary);
      return nearest === undefined
        ? reason('VARIANT_MISSING', `without ${word}, which the AMI has`, light(word, -10))
        : reason('VARIANT_NEAREST', `${nearest} is the nearest to ${word}, which the AMI has`, 6);
    }),
    ...extra.map((word) =>
      reason('VARIANT_EXTRA', `with ${word}, which the AMI has not`, light(word, vocabulary.words.get(word)?.dearest ? -10 : -8)),
    ),
  ];
}

/** Databases that were upgraded do not go back: the AMI's own version outweighs generation 2 and names that are better attested. */
function productReason({ productVersion }: OfferedBase, source: Source): readonly Reason[] {
  const years = yearsBetween(productVersion, source.productVersion);
  if (years === undefined) return [];
  const servicePack = Number(/ SP(\d)$/.exec(productVersion ?? '')?.[1] ?? 1);
  if (years === 0) return [reason('SAME_PRODUCT_VERSION', `carries version ${productVersion}, as the AMI`, 5 + servicePack)];
  const code = years > 0 ? 'NEWER_PRODUCT_VERSION' : 'OLDER_PRODUCT_VERSION';
  const far = Math.min(6, Math.ceil(Math.abs(years) / 2));
  return [reason(code, `carries version ${productVersion}, the AMI ${source.productVersion}`, (years > 0 ? -6 : -16) - far)];
}

function architectureReason({ architecture }: OfferedBase, source: Source): readonly Reason[] {
  if (source.architecture !== undefined) return [];
  return [reason('ARCHITECTURE_GUESSED', `${architecture}; the AMI's architecture is not known`, architecture === 'x64' ? 0 : -10)];
}

function generationReason(generation: 'V1' | 'V2'): Reason {
  return generation === 'V2'
    ? reason('GENERATION_2', 'generation 2 runs on nearly every VM size', 8)
    : reason('GENERATION_1', 'generation 1 limits the VM sizes and excludes Trusted Launch', 0);
}

function licenceReason(base: OfferedBase, source: Source): readonly Reason[] {
  const { licence } = base;
  const wanted = source.licence;
  if (wanted === undefined || wanted === 'vendor') return [];
  if (licence === wanted) return [reason('SAME_LICENCE', `licence ${licence}, as wanted`, 8)];
  if (billsProduct(base, source)) return [];
  if (wanted === 'free' && licence !== 'free') return [reason('COSTS', `licence ${licence}, where the AMI is free`, -10)];
  if (wanted === 'byos' && licence === 'payg')
    return [reason('LICENCE_AT_DEPLOYMENT', 'billed per hour until the licence is brought along at deployment', -2)];
  return [reason('OTHER_LICENCE', `licence ${licence}, not ${wanted}`, -8)];
}

function planReason({ plan }: OfferedBase): readonly Reason[] {
  return plan ? [reason('PURCHASE_PLAN', 'carries a purchase plan, whose terms must be accepted', -4)] : [];
}

function layoutReason({ layout }: OfferedBase): readonly Reason[] {
  return layout === 'lvm' ? [reason('LVM_LAYOUT', 'root on LVM, where an AMI has one partition', -2)] : [];
}

function confidenceReason({ confidence }: OfferedBase): readonly Reason[] {
  if (confidence === undefined || confidence === 'high') return [];
  return [reason('WEAKLY_ATTESTED', `seen in few sources (${confidence} confidence)`, confidence === 'medium' ? -3 : -8)];
}

function namingReason({ supersededBy }: OfferedBase): readonly Reason[] {
  return supersededBy === undefined ? [] : [reason('OLD_NAME', `the publisher's newer name for it is ${supersededBy}`, -2)];
}

function deprecationReason({ deprecated }: OfferedBase): readonly Reason[] {
  if (deprecated === undefined) return [];
  const { from, instead } = deprecated;
  const day = from === undefined ? '' : ` from ${from} on`;
  return [reason('DEPRECATED', `its publisher takes it back${day}${instead === undefined ? '' : `, and names ${instead} instead`}`, -20)];
}

function reason(code: string, text: string, points: number): Reason {
  return { code, text, points };
}
