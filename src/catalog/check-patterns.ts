import type { Issue } from '../model/index.ts';
import { catalogIssue } from './catalog-issue.ts';
import type { AmiFamily, Catalog, Product } from './schema.ts';

interface Named {
  readonly id: string;
  readonly namePattern: string;
  readonly nameExamples: readonly string[];
}

/** Patterns that do not compile, that miss their own examples, or that match the examples of another entry with the same owner. */
export function checkPatterns({ amis, products }: Catalog): readonly Issue[] {
  const broken = [
    ...amis.flatMap(({ id, namePattern, textHints }) =>
      [namePattern, ...textHints].flatMap((pattern) => compileIssue(`amis/${id}`, pattern)),
    ),
    ...products.flatMap((product) => patternsOf(product).flatMap((pattern) => compileIssue(`products/${product.id}`, pattern))),
  ];
  if (broken.length > 0) return broken;
  return [
    ...missed('amis', amis, ''),
    ...missed('products', products, 'i'),
    ...overlapping('amis', amis, '', shareOwner),
    ...overlapping('products', products, 'i'),
  ];
}

function patternsOf({ namePattern, versionPattern, signs, offers }: Product): readonly string[] {
  const all = [namePattern, versionPattern, ...signs.map(({ name }) => name), ...offers.map(({ only }) => only)];
  return all.filter((pattern) => pattern !== undefined);
}

function compileIssue(file: string, pattern: string): readonly Issue[] {
  try {
    new RegExp(pattern);
    return [];
  } catch (error) {
    return [catalogIssue(file, `the pattern ${pattern} is no regular expression: ${error instanceof Error ? error.message : error}`)];
  }
}

function missed(folder: string, entries: readonly Named[], flags: string): readonly Issue[] {
  return entries.flatMap(({ id, namePattern, nameExamples }) =>
    nameExamples
      .filter((name) => !new RegExp(namePattern, flags).test(name))
      .map((name) => catalogIssue(`${folder}/${id}`, `its pattern does not match its own example '${name}'`)),
  );
}

function overlapping<Entry extends Named>(
  folder: string,
  entries: readonly Entry[],
  flags: string,
  comparable: (a: Entry, b: Entry) => boolean = () => true,
): readonly Issue[] {
  return entries.flatMap((entry) => {
    const pattern = new RegExp(entry.namePattern, flags);
    return entries
      .filter((other) => other.id !== entry.id && comparable(entry, other))
      .flatMap(({ id, nameExamples }) => nameExamples.filter((name) => pattern.test(name)).map((name) => ({ id, name })))
      .map(({ id, name }) => catalogIssue(`${folder}/${entry.id}`, `its pattern also matches '${name}' of ${id}`));
  });
}

/** A family without owners is recognised by name alone, so it shares every owner. */
function shareOwner(a: AmiFamily, b: AmiFamily): boolean {
  return a.owners.length === 0 || b.owners.length === 0 || a.owners.some((owner) => b.owners.includes(owner));
}
