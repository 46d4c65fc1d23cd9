import { shellWord } from '../../guest/quote.ts';
import type { Inventory, InventoryPackage, ProposedStep } from '../../model/index.ts';
import { foundComponents } from '../component-paths.ts';
import { shellPatterns } from '../glob.ts';
import { ownOfTheCloud } from '../of-the-move.ts';
import { type AddedPackage, addedByPeople } from './evidence.ts';
import type { Part, ProposalContext } from './part.ts';
import { isPlainName, NO_PLAIN_NAME } from './plain-name.ts';
import { translatePackage } from './translate.ts';

type ProposedPackage = Extract<ProposedStep, { readonly kind: 'packages' }>['packages'][number];

/** The packages that people added, by the names they have on the new system, in one step. */
export function proposePackages(inventory: Inventory, context: ProposalContext): Part {
  const added = addedByPeople(inventory).filter(({ package: { manager } }) => manager === 'deb' || manager === 'rpm');
  const replaced = isReplaced(inventory, context);
  const theirs = added.filter((item) => !replaced(item.package));
  const own = theirs.filter((item) => isPlainName(item.package.name));
  const odd = theirs.filter((item) => !isPlainName(item.package.name));
  const placed = own.map((item) => ({ item, names: namesThere(item, inventory, context) }));
  const packages = unique(placed.flatMap(({ names }) => names));
  const left = placed.filter(({ names }) => names.length === 0);
  return {
    kind: 'package',
    steps: packages.length === 0 ? [] : [{ kind: 'packages', packages }],
    carried: own.length - left.length,
    replaced: added.length - theirs.length,
    left: [
      ...odd.map((item) => ({ kind: 'package', name: item.package.name, reason: NO_PLAIN_NAME })),
      ...left.map(({ item }) => ({ kind: 'package', name: item.package.name, reason: noCounterpart(item, inventory, context) })),
    ],
  };
}

/** What the guest steps remove, and what each cloud has of its own, such as kernels. */
function isReplaced(inventory: Inventory, { catalog }: ProposalContext): (item: InventoryPackage) => boolean {
  const found = foundComponents(catalog.components, inventory);
  const aws = shellPatterns(found.flatMap(({ detect }) => [...detect.deb, ...detect.rpm]));
  const isOfTheCloud = ownOfTheCloud('package', catalog.parityRules);
  return ({ manager, name }) => aws.test(name) || isOfTheCloud(`${manager}:${name}`);
}

function namesThere(
  { package: { name, origin }, confidence, evidence }: AddedPackage,
  before: Inventory,
  context: ProposalContext,
): readonly ProposedPackage[] {
  const there = translatePackage(name, { before, after: { system: context.target } }, context.catalog.packageNames);
  if (there === undefined) {
    const from = origin === undefined ? evidence : [...evidence, `it came from ${origin}`];
    return otherFormat(before, context) ? [] : [{ name, was: name, relation: 'same', confidence, evidence: from }];
  }
  const relation = there.repository === undefined ? 'renamed' : 'other-repository';
  const note = [there.note, there.repository && `from the repository ${there.repository}`].filter((part) => part !== undefined).join('; ');
  return there.to.map((to) => ({ name: to, was: name, relation, confidence, evidence, ...(note === '' ? {} : { note }) }));
}

const DEBIAN = ['debian', 'ubuntu'];

/** Between rpm and deb a name means nothing unless the catalog knows it. */
function otherFormat({ system }: Inventory, { target }: ProposalContext): boolean {
  return DEBIAN.includes(system.id ?? '') !== DEBIAN.includes(target.id);
}

function noCounterpart({ package: { name } }: AddedPackage, before: Inventory, context: ProposalContext): string {
  const there = translatePackage(name, { before, after: { system: context.target } }, context.catalog.packageNames);
  return there === undefined
    ? `the catalog does not know what it is called on ${context.target.id}`
    : `it has no counterpart on ${context.target.id}${there.note === undefined ? '' : `: ${there.note}`}`;
}

function unique(packages: readonly ProposedPackage[]): readonly ProposedPackage[] {
  return [...new Map(packages.map((each) => [each.name, each])).values()];
}

const INSTALL = { pip: 'python3 -m pip install', npm: 'npm install --global', gem: 'gem install' } as const;

/** What pip, npm and gem installed for the whole machine, in the same versions. */
export function proposeForeign({ packages }: Inventory): Part {
  const steps = (['pip', 'npm', 'gem'] as const).flatMap((manager): readonly ProposedStep[] => {
    const own = packages.filter((item) => item.manager === manager && isPlainName(item.name));
    if (own.length === 0) return [];
    const lines = own.map(
      ({ name, version }) =>
        `${INSTALL[manager]} ${manager === 'gem' ? `${shellWord(name)} --version ${shellWord(version)}` : shellWord(`${name}${manager === 'pip' ? '==' : '@'}${version}`)}`,
    );
    return [
      {
        kind: 'shell',
        lines,
        confidence: 'low',
        evidence: [`${manager} installed them for the whole machine; the new image needs ${manager} too`],
      },
    ];
  });
  const foreign = packages.filter(({ manager }) => manager in INSTALL);
  const odd = foreign.filter(({ name }) => !isPlainName(name));
  const snaps = packages.filter(({ manager }) => manager === 'snap');
  return {
    kind: 'package of a language',
    steps,
    carried: foreign.length - odd.length,
    replaced: 0,
    left: [
      ...odd.map(({ name }) => ({ kind: 'package of a language', name, reason: NO_PLAIN_NAME })),
      ...snaps.map(({ name }) => ({
        kind: 'snap',
        name,
        reason: 'nothing tells whether it came with the base; `snap install` it in a step where it is yours',
      })),
    ],
  };
}
