import type { Catalog, LeakRule } from '../../catalog/schema.ts';
import type { FoundLeak } from '../../model/index.ts';
import { sortedLeaks, textLeaks } from '../collect/leaks.ts';
import type { FileNode, FileTree } from '../file-tree.ts';
import type { Read } from '../read.ts';
import { scanTexts } from '../scan-texts.ts';
import { linePattern } from '../text-match.ts';
import { walkTree } from '../walk.ts';
import { expandWindowsPath, windowsPath } from './paths.ts';
import type { Registry } from './registry.ts';
import { findEntry } from './registry-entry.ts';

/** Where people and programs keep settings, and the endings of small texts (scripts/windows/leak-scan.ps1). */
const PLACES = [
  '/Users',
  '/ProgramData',
  '/inetpub',
  '/cfn',
  '/Windows/Temp',
  '/Windows/System32/config/systemprofile',
  '/Program Files/Amazon',
];
const TEXT = /(?:^|\/)[^/.]+$|\.(?:txt|xml|json|ya?ml|config|ini|env|ps1|cmd|bat|pem|key|ppk|cfg|conf|properties)$/i;
const PASSED = /\/(?:Microsoft\/Windows Defender|Package Cache)\//i;

/** What must not be in an image, by the rules of the leak scan of Windows: where and of what kind, never what it is. */
export async function collectWindowsLeaks(
  tree: FileTree,
  registry: Registry,
  { leakRules }: Pick<Catalog, 'leakRules'>,
): Promise<Read<readonly FoundLeak[]>> {
  const rules = leakRules.filter(({ os }) => os === 'windows');
  const walks = await Promise.all(PLACES.map((place) => walkTree(tree, place)));
  const files = walks.flatMap(({ value }) => value).filter(({ type, path }) => type === 'file' && TEXT.test(path) && !PASSED.test(path));
  const found = await Promise.all(rules.map(async (rule) => [...(await pathLeaks(tree, rule)), ...(await registryLeaks(registry, rule))]));
  const texts = await inTexts(tree, rules, files);
  return { value: sortedLeaks([...found.flat(), ...texts.value]), unread: [...walks.flatMap(({ unread }) => unread), ...texts.unread] };
}

async function inTexts(tree: FileTree, rules: readonly LeakRule[], files: readonly FileNode[]): Promise<Read<readonly FoundLeak[]>> {
  const texts = rules.flatMap((rule) => rule.texts.map((text, index) => ({ id: `${rule.id} ${index}`, rule, text })));
  const scan = await scanTexts(
    tree,
    texts.map(({ id, text }) => ({ id, pattern: linePattern(text.pattern), files })),
  );
  const leaks = texts.flatMap(({ id, rule, text }) =>
    scan.value.filter((match) => match.id === id).flatMap((match) => textLeaks(rule, text, { ...match, path: windowsPath(match.path) })),
  );
  return { value: leaks, unread: scan.unread };
}

async function pathLeaks(tree: FileTree, { id, paths }: LeakRule): Promise<readonly FoundLeak[]> {
  const found = await Promise.all(
    paths.map(async ({ globs, severity, kind }) => {
      const nodes = (await Promise.all(globs.map((glob) => expandWindowsPath(tree, glob)))).flat();
      return nodes
        .filter(({ type, size }) => type !== 'file' || size > 0)
        .map(({ path }) => ({ rule: id.toUpperCase(), severity, path: windowsPath(path), kind }));
    }),
  );
  return found.flat();
}

async function registryLeaks(registry: Registry, { id, registry: entries }: LeakRule): Promise<readonly FoundLeak[]> {
  const found = await Promise.all(
    entries.map(async ({ entry, severity, kind }) =>
      (await findEntry(registry, entry)).map(({ path, name = '' }) => ({
        rule: id.toUpperCase(),
        severity,
        path: `${path}!${name}`,
        kind,
      })),
    ),
  );
  return found.flat();
}
