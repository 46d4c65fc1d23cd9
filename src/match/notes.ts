import type { Catalog, Release } from '../catalog/schema.ts';
import { type Analysis, compareVersions, type Issue, versionNumbers } from '../model/index.ts';
import type { Draft } from './draft.ts';
import type { Source } from './option.ts';
import { type Ranked, urnKey } from './rank.ts';
import { supportState } from './releases.ts';
import { familyOf } from './verdict.ts';

type Note = Omit<Issue, 'severity' | 'image'>;

/** What a planner should know of the AMI beside the base; what analyze said already is not said again. */
export function notesOn({ analysis, catalog, question, ranking }: Draft, chosen: Ranked | undefined): readonly Issue[] {
  const { source, today } = question;
  const said = new Set(analysis.issues.map(({ code }) => code));
  const notes = [
    ...supportNote(source, today, nextHint(chosen, ranking.ranked)),
    ...ageNote(analysis, source, catalog, today),
    ...versionNote(analysis, source),
    ...equivalentNote(analysis, catalog),
    ...byosNote(analysis, source),
  ];
  return notes.filter(({ code }) => !said.has(code)).map((note) => ({ severity: 'warning', ...note, image: analysis.image }));
}

/** Where the image goes from here: with the base that was chosen, or later from the release that it stays on. */
function nextHint(chosen: Ranked | undefined, ranked: readonly Ranked[]): string {
  const next = ranked.find(({ option }) => option.road.kind === 'successor');
  if (chosen === undefined) return 'plan the move to a supported release';
  if (chosen.option.road.kind !== 'same-release')
    return `${urnKey(chosen.option)} takes its place: ${chosen.option.release.title}${untilOf(chosen)}`;
  const stays = `it stays on ${chosen.option.release.title}`;
  return next === undefined ? stays : `${stays}: plan the move to ${next.option.release.title}${untilOf(next)}`;
}

function untilOf({ option: { release } }: Ranked): string {
  return release.support.standard === undefined ? '' : `, in standard support until ${release.support.standard}`;
}

function supportNote({ release, listed, version }: Source, today: string, hint: string): readonly Note[] {
  if (!release || !version || !isOver(release, listed, version, today)) return [];
  return [
    {
      code: 'EOL_SOURCE',
      message: listed
        ? `${release.title} left standard support on ${release.support.standard}`
        : `${release.distro} ${version} is older than ${release.title}, which left standard support on ${release.support.standard}`,
      hint,
      source: release.source[0],
    },
  ];
}

/**
 * An AMI of a known family and an unknown version that is older than every release which is still supported holds one that is not. What only a text
 * or a billing code names may be older than its distribution's release: a copy keeps no date.
 */
function ageNote({ ami, amiFamily, distro }: Analysis, { version }: Source, { releases }: Catalog, today: string): readonly Note[] {
  const created = ami.created?.slice(0, 10);
  const known = releases.filter((release) => release.distro === distro.value && release.support.standard !== undefined);
  if (amiFamily.value === undefined || version !== undefined || created === undefined || known.length === 0) return [];
  const living = known.filter(({ support }) => (support.standard ?? '') >= today);
  if (!living.every(({ notBefore }) => notBefore !== undefined && created < notBefore)) return [];
  return [
    {
      code: 'EOL_SOURCE',
      message: `the AMI is of ${created}, and every release of ${distro.value} from that time is past its standard support`,
      hint: 'look inside for the version, and choose the release to go to',
    },
  ];
}

function isOver(release: Release, listed: boolean, version: string, today: string): boolean {
  const state = supportState(release.support, today);
  const over = state === 'extended' || state === 'ended';
  return over && (listed || compareVersions(versionNumbers(version), versionNumbers(release.version)) < 0);
}

function versionNote({ distro, version }: Analysis, { release, listed }: Source): readonly Note[] {
  if (release === undefined || version.value === undefined || listed) return [];
  return [
    {
      code: 'VERSION_UNLISTED',
      message: `${distro.value} ${version.value} is not in the catalog`,
      hint: release
        ? `${release.title} stands in for it; set \`base:\` where another one is right`
        : 'set `base:` to the Marketplace image to build on',
    },
  ];
}

function equivalentNote(analysis: Analysis, catalog: Catalog): readonly Note[] {
  const code = 'NO_AZURE_EQUIVALENT';
  if (analysis.osFamily.value === 'macos') {
    return [{ code, message: 'macOS is not offered on Azure', hint: 'keep the machine on AWS or move it to another provider of Macs' }];
  }
  const own = catalog.releases.filter((release) => release.distro === analysis.distro.value);
  if (own.some(({ onAzure }) => onAzure)) return [];
  if (own.length > 0) {
    const hint = 'the candidates are the nearest distributions; read their differences';
    return [{ code, message: `${analysis.distro.value} is not offered on Azure`, hint }];
  }
  const family = analysis.distro.value === undefined ? undefined : familyOf(analysis, catalog);
  if (family?.verdict !== 'different-service') return [];
  return [{ code, message: `${family.title} is not offered on Azure`, hint: family.instead && `use ${family.instead} instead` }];
}

/** Analyze says that the subscription is brought along; only match knows that the image for it needs the vendor's consent. */
function byosNote({ licence, osFamily }: Analysis, { release }: Source): readonly Note[] {
  // Windows has no image of its own for it: the licence type of the VM says that the licence is brought along.
  if (licence.value !== 'byos' || osFamily.value === 'windows') return [];
  const [offer] = (release?.bases ?? []).flatMap((base) => (base.licence === 'byos' && base.plan ? [base.offer] : [])).toSorted();
  return [
    {
      code: 'BYOS_PLAN',
      message: 'the subscription of this AMI is brought along, and must cover Azure too',
      hint: offer
        ? `offer ${offer} is private: the vendor must enable the subscription for it, and its terms be accepted; a pay-as-you-go base with the licence set at deployment needs neither`
        : 'take a pay-as-you-go base and set the licence type at deployment',
    },
  ];
}
