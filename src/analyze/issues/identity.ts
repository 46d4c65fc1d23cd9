import type { Issue } from '../../model/index.ts';
import type { Clues } from '../clues.ts';
import { isContradicted } from '../decide.ts';
import { bootsAlike, DISK } from '../on-disk.ts';
import { ownerOf } from '../owner.ts';
import { sameVersion } from '../version.ts';
import { amiWord, type Findings, quoted } from './wording.ts';

const SETTLE = 'inspect the disk (its `/etc/os-release` or registry settles it), or name the base yourself with `base:` in images.yaml';

const BY_DISK =
  'what the disk holds is what is built for; check the record of the AMI, or name the base yourself with `base:` in images.yaml';

/** Issues about what the AMI is: unknown, contradicted, or named like a family of another owner. */
export function identityIssues(clues: Clues, findings: Findings): readonly Issue[] {
  return [
    ...unknownOs(clues, findings),
    ...unknownVersion(clues, findings),
    ...contradictions(findings),
    ...foreignOwner(clues),
    ...prerelease(clues),
  ];
}

function unknownOs({ ami }: Clues, { distro, product }: Findings): readonly Issue[] {
  if (distro.value !== undefined) return [];
  const vendor = product?.value;
  if (vendor !== undefined) {
    return [
      { severity: 'info', code: 'UNKNOWN_OS', message: `${amiWord(ami)} runs the vendor's own system: it carries the product ${vendor}` },
    ];
  }
  return [
    { severity: 'warning', code: 'UNKNOWN_OS', message: `nothing in the record of ${amiWord(ami)} tells its distribution`, hint: SETTLE },
  ];
}

function unknownVersion({ ami }: Clues, { distro, version }: Findings): readonly Issue[] {
  if (distro.value === undefined || version.value !== undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'UNKNOWN_VERSION',
      message: `nothing in the record of ${amiWord(ami)} tells which version of ${distro.value} it is`,
      hint: SETTLE,
    },
  ];
}

function contradictions({ osFamily, distro, version, architecture, bootMode, licence }: Findings): readonly Issue[] {
  return [
    ...(isContradicted(osFamily) ? [contradiction('operating system', osFamily)] : []),
    ...(isContradicted(distro) ? [contradiction('distribution', distro)] : []),
    ...(isContradicted(version, sameVersion) ? [contradiction('version', version)] : []),
    ...(isContradicted(architecture) && settled(architecture) ? [contradiction('architecture', architecture)] : []),
    ...(isContradicted(bootMode, bootsAlike) && settled(bootMode) ? [contradiction('boot mode', bootMode)] : []),
    ...(isContradicted(licence) ? [contradiction('licence', licence)] : []),
  ];
}

function settled({ evidence }: Pick<Findings['distro'], 'evidence'>): boolean {
  return evidence.some(({ from }) => from === DISK);
}

function contradiction(what: string, finding: Pick<Findings['distro'], 'evidence'>): Issue {
  const views = finding.evidence.map(({ from, observed, suggests }) => `${from} ${quoted(observed)} says ${suggests}`);
  return {
    severity: 'warning',
    code: 'EVIDENCE_CONFLICT',
    message: `the ${what} is contradicted: ${views.join('; ')}`,
    hint: settled(finding) ? BY_DISK : SETTLE,
  };
}

function foreignOwner({ ami, matches }: Clues): readonly Issue[] {
  const match = matches.find(({ foreignOwner }) => foreignOwner);
  if (match === undefined || matches.some(({ confidence, inherited }) => !inherited && confidence !== 'low')) return [];
  const { title, owners } = match.family;
  return [
    {
      severity: 'warning',
      code: 'OWNER_MISMATCH',
      message: `${amiWord(ami)} is named like ${title}, which ${owners[0]} publishes, but ${ownerOf(ami).id} owns it`,
      hint: 'a copy keeps the name of its original and anyone may choose that name: check that you trust the owner',
      source: `catalog/amis/${match.family.id}`,
    },
  ];
}

function prerelease({ ami, matches }: Clues): readonly Issue[] {
  const marked = matches.find(({ groups }) => groups.prerelease !== undefined);
  if (marked === undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'BETA_SOURCE',
      message: `${amiWord(ami)} comes from a ${quoted(marked.groups.prerelease ?? '')} build of ${marked.family.title}, not from a release`,
      hint: 'the Azure base will be a released version: test what relied on the preview',
      source: `catalog/amis/${marked.family.id}`,
    },
  ];
}
