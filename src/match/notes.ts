import type { Catalog, Release } from '../catalog/schema.ts';
import { type Analysis, compareVersions, type Issue, versionNumbers } from '../model/index.ts';
import type { Source } from './option.ts';
import { supportState } from './support.ts';
import { familyOf } from './verdict.ts';

type Note = Omit<Issue, 'severity' | 'image'>;

/** What a planner should know of the AMI beside the base; what analyze said already is not said again. */
export function notesOn(analysis: Analysis, source: Source, catalog: Catalog, today: string): readonly Issue[] {
  const said = new Set(analysis.issues.map(({ code }) => code));
  const notes = [
    ...supportNote(source, today),
    ...versionNote(analysis, source),
    ...equivalentNote(analysis, catalog),
    ...byosNote(analysis, source),
  ];
  return notes.filter(({ code }) => !said.has(code)).map((note) => ({ severity: 'warning', ...note, image: analysis.image }));
}

function supportNote({ release, listed, version }: Source, today: string): readonly Note[] {
  if (!release || !version || !isOver(release, listed, version, today)) return [];
  const next = release.successors[0]?.release;
  return [
    {
      code: 'EOL_SOURCE',
      message: listed
        ? `${release.title} left standard support on ${release.support.standard}`
        : `${release.distro} ${version} is older than ${release.title}, which left standard support on ${release.support.standard}`,
      hint: next ? `plan the move to ${next}` : 'plan the move to a supported release',
      source: release.source[0],
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
