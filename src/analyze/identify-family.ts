import { isMarketplaceAccount } from '../catalog/marketplace-accounts.ts';
import type { AmiFamily, FamilyRule, NameRules } from '../catalog/schema.ts';
import { type Ami, type Confidence, stronger } from '../model/index.ts';
import { readable } from './ami-record.ts';
import type { Clue } from './decide.ts';
import type { NameGroups } from './name-groups.ts';
import { isMarketplaceOwned, ownerOf } from './owner.ts';

/** One way in which an AMI, or an AMI it was made from, was recognised. */
export interface FamilyMatch {
  readonly family: AmiFamily;
  /** What the named groups of the family's pattern captured. */
  readonly groups: NameGroups;
  readonly confidence: Confidence;
  readonly from: string;
  readonly observed: string;
  /** True when an ancestor was recognised, not the AMI itself. */
  readonly inherited: boolean;
  /** True when the name is the family's and the owner is somebody else. */
  readonly foreignOwner: boolean;
}

/**
 * Every family that the AMI belongs to. Where its own record does not prove one, the nearest ancestor that can be trusted is added: an AMI
 * that its publisher built from another of its own is still what the publisher calls it.
 */
export function identifyFamily(ami: Ami, ancestry: readonly Ami[], rules: NameRules): readonly FamilyMatch[] {
  const own = matches(ami, rules);
  if (trusted(own).length > 0) return own;
  const inherited = ancestry.map((ancestor) => trusted(matches(ancestor, rules))).find((found) => found.length > 0) ?? [];
  return [...own, ...inherited.slice(0, 1).map(asInherited)];
}

/** The match that counts: the most trusted one, the AMI's own before an ancestor's. */
export function bestMatch(found: readonly FamilyMatch[]): FamilyMatch | undefined {
  return found.reduce<FamilyMatch | undefined>(
    (best, match) => (best && !stronger(match.confidence, best.confidence) ? best : match),
    undefined,
  );
}

/** The match as a clue for the value that it stands for. */
export function clueFrom<Value extends string>(match: FamilyMatch, value: Value): Clue<Value> {
  const { from, observed, confidence, family } = match;
  return { value, from, observed, confidence, source: `catalog/amis/${family.id}` };
}

function matches(ami: Ami, { families }: NameRules): readonly FamilyMatch[] {
  const found = families.flatMap((rule) => matchParameter(ami, rule) ?? strongest(matchName(ami, rule), matchProductCode(ami, rule)) ?? []);
  return found.toSorted((a, b) => (stronger(a.confidence, b.confidence) ? -1 : stronger(b.confidence, a.confidence) ? 1 : 0));
}

function trusted(found: readonly FamilyMatch[]): readonly FamilyMatch[] {
  return found.filter(({ confidence }) => confidence !== 'low');
}

function matchParameter(ami: Ami, { family, name }: FamilyRule): FamilyMatch | undefined {
  const parameter = ami.ssmParameter;
  if (parameter === undefined || !family.ssmParameters.some((known) => covers(known, parameter))) return undefined;
  const groups = name.exec(readable(ami.name ?? ''))?.groups ?? {};
  return { family, groups, confidence: 'high', from: 'PublicSsmParameterName', observed: parameter, inherited: false, foreignOwner: false };
}

/** Copies inherit product codes, so that a code tells where an AMI comes from, whoever owns it and whatever it is called. */
function matchProductCode(ami: Ami, { family }: FamilyRule): FamilyMatch | undefined {
  const code = family.productCodes.find(({ id }) => ami.productCodes.some((own) => own.id === id));
  if (code === undefined) return undefined;
  const groups = code.version === undefined ? {} : { version: code.version };
  const inherited = !isMarketplaceOwned(ami);
  return { family, groups, confidence: 'medium', from: 'ProductCodes', observed: code.id, inherited, foreignOwner: false };
}

/** The name's match where it is trusted, since it says more than the code. */
function strongest(name: FamilyMatch | undefined, code: FamilyMatch | undefined): FamilyMatch | undefined {
  return name !== undefined && (code === undefined || name.confidence !== 'low') ? name : code;
}

/** EC2 writes the parameter into an AMI's record without the slash that it begins with in SSM. */
function covers(known: string, parameter: string): boolean {
  const path = parameter.startsWith('/') ? parameter : `/${parameter}`;
  return known.endsWith('/') ? path.startsWith(known) : path === known;
}

function matchName(ami: Ami, { family, name }: FamilyRule): FamilyMatch | undefined {
  const text = readable(ami.name ?? '');
  const found = name.exec(text);
  if (found === null) return undefined;
  const { id, alias, from } = ownerOf(ami);
  const confidence = ownerConfidence(ami, family);
  const foreignOwner = confidence === 'low' && id !== undefined && family.owners.length > 0;
  const owner = id ?? alias;
  const observed = owner === undefined ? text : `${owner} ${text}`;
  return {
    family,
    groups: found.groups ?? {},
    confidence,
    from: owner === undefined ? 'Name' : `${from}+Name`,
    observed,
    inherited: false,
    foreignOwner,
  };
}

/**
 * A Marketplace listing is named by its seller, so the shared account proves less than a publisher's own. The alias `amazon` is given to
 * verified publishers only, in regions whose accounts the catalog may not know.
 */
function ownerConfidence(ami: Ami, family: AmiFamily): Confidence {
  const { id, alias } = ownerOf(ami);
  if (isMarketplaceOwned(ami)) return family.owners.some(isMarketplaceAccount) ? 'medium' : 'low';
  if (id !== undefined && family.owners.includes(id)) return 'high';
  return alias === 'amazon' ? 'medium' : 'low';
}

function asInherited(match: FamilyMatch): FamilyMatch {
  return { ...match, confidence: 'medium', from: 'SourceImageId', inherited: true };
}
