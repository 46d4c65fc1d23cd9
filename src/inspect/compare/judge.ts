import type { Catalog, Component } from '../../catalog/schema.ts';
import type { Difference, Inventory } from '../../model/index.ts';
import { foundComponents, placesOf } from '../component-paths.ts';
import { shellPattern } from '../glob.ts';
import { ruleOfTheMove } from '../of-the-move.ts';
import { accountsOfPeople, isOfSystem, isPerson } from '../propose/accounts.ts';
import { addedByPeople } from '../propose/evidence.ts';
import { translatePackage } from '../propose/translate.ts';
import type { Item } from './items.ts';
import { comparePackageVersions } from './versions.ts';

/** What is known of the two images beside what is in them. */
export interface ParityContext {
  /** `move` = from AWS to Azure, where much is different on purpose; `same` = two versions of one image, or two AMIs. */
  readonly between: 'move' | 'same';
  readonly catalog: Pick<Catalog, 'components' | 'parityRules' | 'packageNames'>;
  /** What the manifest answers for: a shell pattern over `kind name`, and why. */
  readonly allow: readonly { readonly item: string; readonly reason: string }[];
}

/** One item that is not the same on both sides. */
export interface Change {
  readonly item: Item;
  readonly change: Difference['change'];
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** The two images that are compared. */
export interface Sides {
  readonly before: Inventory;
  readonly after: Inventory;
}

type Judgement = Pick<Difference, 'verdict' | 'reason'>;
type Judge = (change: Change, sides: Sides, context: ParityContext) => Judgement | undefined;

/** Why a difference between these images is there: the first rule that knows, or that nobody does. */
export function judging(sides: Sides, context: ParityContext): (change: Change) => Judgement {
  const rules =
    context.between === 'move' ? [answered, ofAws(sides, context), ofTheMove, leaks, ...BY_KIND, notCarried] : [answered, ...BY_KIND];
  return (change) => {
    for (const rule of rules) {
      const judgement = rule(change, sides, context);
      if (judgement !== undefined) return judgement;
    }
    return { verdict: 'unexplained', reason: UNEXPLAINED[change.change] };
  };
}

const UNEXPLAINED = {
  missing: 'the new image does not have it',
  changed: 'it is not the same in the new image',
  added: 'only the new image has it',
} as const;

const answered: Judge = ({ item }, _, { allow }) => {
  const found = allow.find((each) => shellPattern(each.item).test(`${item.kind} ${item.name}`));
  return found && { verdict: 'explained', reason: `parityAllow: ${found.reason}` };
};

/** What the guest steps remove: the component itself, its packages, units, accounts and files. The places of components are read once for all changes. */
function ofAws({ before }: Sides, { catalog }: ParityContext): Judge {
  const found = foundComponents(catalog.components, before).map((component) => ({ component, isPlace: placesOf([component]) }));
  return ({ item, change }) => {
    if (item.kind === 'component')
      return { verdict: 'expected', reason: change === 'added' ? 'only the new image has it' : 'it belongs to AWS' };
    if (change === 'added') return undefined;
    const owner = found.find(({ component, isPlace }) => belongsTo(item, component, isPlace))?.component;
    return owner && { verdict: 'expected', reason: `it belongs to ${owner.title}` };
  };
}

function belongsTo({ kind, name }: Item, { detect }: Component, isPlace: (path: string) => boolean): boolean {
  switch (kind) {
    case 'package': {
      const names = [
        ...detect.deb.map((each) => `deb:${each}`),
        ...detect.rpm.map((each) => `rpm:${each}`),
        ...detect.snap.map((each) => `snap:${each}`),
        ...detect.pip.map((each) => `pip:${each}`),
        ...detect.programs.map((each) => `program:${each}`),
      ];
      return names.some((each) => shellPattern(each).test(name));
    }
    case 'service':
    case 'driver':
      return detect.services.includes(name);
    case 'task':
      return (detect.tasks ?? []).some((each) => shellPattern(each).test(name));
    case 'account':
      return detect.users.includes(name);
    case 'sudo':
      return detect.users.some((user) => name.startsWith(`${user} `));
    case 'content':
    case 'cron':
      return isPlace(name);
    case 'system':
    case 'setting':
    case 'feature':
    case 'hotfix':
    case 'container':
    case 'component':
      return false;
  }
}

const ofTheMove: Judge = ({ item, change }, _, { catalog }) => {
  const rule = ruleOfTheMove(item, change, catalog.parityRules);
  return rule && { verdict: rule.verdict, reason: rule.reason };
};

const leaks: Judge = ({ item, change }, { before }) => {
  const leak = before.leaks.find(({ path, severity }) => severity === 'block' && path === item.name);
  return item.kind === 'content' && leak && change !== 'added'
    ? { verdict: 'expected', reason: `it must not travel: ${leak.kind} (${leak.rule})` }
    : undefined;
};

/** What no proposal carries, and why: nobody but its owner knows whether that is a loss. */
const notCarried: Judge = ({ item, change }, { before }) => {
  if (item.kind !== 'content' || change === 'added') return undefined;
  const leak = before.leaks.find(({ path }) => path === item.name);
  if (leak !== undefined) return { verdict: 'unexplained', reason: `it is not carried: ${leak.kind} (${leak.rule})` };
  const namesAws = before.components.some(({ found }) => found.includes(`text in ${item.name}`));
  return namesAws ? { verdict: 'unexplained', reason: 'it is not carried, since its text names something of AWS' } : undefined;
};

const packages: Judge = ({ item, change, before, after }, sides, { catalog }) => {
  if (item.kind !== 'package') return undefined;
  if (change === 'added') return { verdict: 'explained', reason: 'it comes with the base or with what was installed on it' };
  if (change === 'changed') return versionJudgement(before?.value ?? '', after?.value ?? '', item, sides);
  const [manager, name = ''] = splitName(item.name);
  const there = translatePackage(name, sides, catalog.packageNames);
  const known = there?.to.filter((each) => sides.after.packages.some((found) => found.name === each)) ?? [];
  if (known.length > 0) return { verdict: 'explained', reason: `it is called ${known.join(' and ')} there` };
  const added = addedByPeople(sides.before).find((each) => each.package.manager === manager && each.package.name === name);
  return added === undefined
    ? { verdict: 'explained', reason: "it came with the AMI's base, and nothing shows that people asked for it" }
    : undefined;
};

function versionJudgement(before: string, after: string, { name }: Item, sides: Sides): Judgement | undefined {
  const other = sides.before.system.id !== sides.after.system.id || sides.before.system.version !== sides.after.system.version;
  if (other) return { verdict: 'explained', reason: 'the base is another release' };
  const order = comparePackageVersions(splitName(name)[0], before, after);
  return order < 0 ? { verdict: 'explained', reason: 'the new image has a newer version' } : undefined;
}

function splitName(name: string): readonly [manager: string, name: string] {
  const colon = name.indexOf(':');
  return [name.slice(0, colon), name.slice(colon + 1)];
}

/** What goes or stays with its package is told there. */
const withPackage: Judge = ({ item, change }, { before, after }) => {
  const name = item.package;
  if (name === undefined || change !== 'missing') return undefined;
  const gone = before.packages.some((each) => each.name === name) && !after.packages.some((each) => each.name === name);
  return gone ? { verdict: 'explained', reason: `it goes with the package ${name}` } : undefined;
};

const accounts: Judge = ({ item, change }, { before, after }) => {
  const account = item.kind === 'account' ? before.accounts.find(({ name }) => name === item.name) : undefined;
  if (account === undefined || change === 'added') return undefined;
  const there = after.accounts.find(({ name }) => name === item.name);
  if (isPerson(account))
    return there !== undefined && isPerson(there)
      ? undefined
      : { verdict: 'explained', reason: 'who may log in is said when a machine is made from the image' };
  if (!isOfSystem(account) || (there === undefined && isOfPeople(item.name, before))) return undefined;
  return { verdict: 'explained', reason: 'packages make accounts of the system themselves' };
};

function isOfPeople(name: string, before: Inventory): boolean {
  const content = before.content.filter(({ origin }) => origin !== 'generated');
  return accountsOfPeople(before, content).some((account) => account.name === name);
}

const updates: Judge = ({ item, before, after }) => {
  if (item.kind === 'hotfix')
    return { verdict: 'explained', reason: 'updates of Windows replace one another; the build says how far each image is' };
  if (item.kind !== 'system' || item.name !== 'build') return undefined;
  const order = comparePackageVersions('program', before?.value ?? '', after?.value ?? '');
  return order < 0 ? { verdict: 'explained', reason: 'the new image has later updates' } : undefined;
};

/** Losses are what parity is about; what came with the base is no loss. */
const additions: Judge = ({ item, change }, { after }, { between }) => {
  if (item.kind === 'system' && item.name === 'distribution')
    return { verdict: 'explained', reason: `the base is ${after.system.id} ${after.system.version}` };
  return change === 'added' && between === 'move' ? { verdict: 'explained', reason: 'it comes with the base' } : undefined;
};

const BY_KIND: readonly Judge[] = [packages, withPackage, accounts, updates, additions];
