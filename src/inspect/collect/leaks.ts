import type { Catalog, LeakRule } from '../../catalog/schema.ts';
import { compareText, type FoundLeak, type InventoryAccount } from '../../model/index.ts';
import type { FileNode, FileTree } from '../file-tree.ts';
import { shellPattern } from '../glob.ts';
import type { Read } from '../read.ts';
import { scanTexts, type TextMatch, type TextRule } from '../scan-texts.ts';
import { linePattern } from '../text-match.ts';
import { walkTree } from '../walk.ts';
import { homesOf } from './accounts.ts';
import { expandHomes, filesBelow } from './components.ts';
import { loginLeaks } from './login-leaks.ts';
import type { Ownership } from './ownership.ts';

type LeakText = LeakRule['texts'][number];

/** Where secrets are kept; what packages brought is public, and the databases of packages hold none (scripts/linux/leak-scan.sh). */
const PLACES = ['/etc', '/root', '/home', '/opt', '/srv', '/usr/local', '/var/lib', '/var/spool', '/var/tmp', '/tmp'];
const PRUNED = ['/var/lib/dpkg', '/var/lib/rpm', '/var/lib/waagent', '/etc/ssl/certs', '/var/lib/snapd'];

/** What must not be in an image, by the rules of the leak scan, where and of what kind; the secret itself is never told. */
export async function collectLeaks(
  tree: FileTree,
  { accounts, ownership }: { readonly accounts: readonly InventoryAccount[]; readonly ownership: Ownership },
  { leakRules }: Pick<Catalog, 'leakRules'>,
): Promise<Read<readonly FoundLeak[]>> {
  const homes = homesOf(accounts);
  const ours = leakRules.filter(({ os }) => os === 'linux');
  const walks = await Promise.all(PLACES.map((place) => walkTree(tree, place, ({ path }) => !PRUNED.includes(path))));
  const candidates = walks.flatMap(({ value }) => value);
  const texts = ours.flatMap((rule) => rule.texts.map((text, index) => ({ key: `${rule.id} ${index}`, rule, text })));
  const rules = await Promise.all(texts.map(({ key, text }) => toTextRule(tree, key, text, { homes, candidates, ownership })));
  const scan = await scanTexts(tree, rules);
  const inTexts = texts.flatMap(({ key, rule, text }) =>
    scan.value.filter(({ id }) => id === key).flatMap((match) => textLeaks(rule, text, match)),
  );
  const inPaths = (await Promise.all(ours.map((rule) => pathLeaks(tree, rule, homes)))).flat();
  const all = [...inTexts, ...inPaths, ...(await loginLeaks(tree, accounts, homes))];
  return { value: sortedLeaks(all), unread: [...walks.flatMap(({ unread }) => unread), ...scan.unread] };
}

interface Places {
  readonly homes: readonly string[];
  readonly candidates: readonly FileNode[];
  readonly ownership: Ownership;
}

async function toTextRule(tree: FileTree, id: string, { files, pattern, unowned, passOver }: LeakText, places: Places): Promise<TextRule> {
  const found =
    files === undefined ? places.candidates : (await Promise.all(files.map((glob) => filesBelow(tree, glob, places.homes)))).flat();
  const passed = passOver.map(shellPattern);
  const looked = found.filter(
    ({ path }) => !passed.some((each) => each.test(path)) && !(unowned && places.ownership.of(path) !== undefined),
  );
  return { id, pattern: linePattern(pattern), files: looked };
}

/** What the lines that a rule matched in a text are, one leak for each kind. */
export function textLeaks(
  { id }: LeakRule,
  { pattern, severity, kind, known, shown, example }: LeakText,
  { path, lines }: TextMatch,
): readonly FoundLeak[] {
  const matches = lines
    .flatMap((line) => linePattern(pattern).exec(line)?.[0] ?? [])
    .filter((match) => example === undefined || !match.includes(example));
  const kinds = new Set(matches.map((match) => (shown === undefined ? kind : `${kind} ${match.slice(0, shown)}`)));
  const mild = known.some((each) => shellPattern(each).test(path));
  return [...kinds].map((each) => ({ rule: id.toUpperCase(), severity: mild ? 'warn' : severity, path, kind: each }));
}

async function pathLeaks(tree: FileTree, { id, paths }: LeakRule, homes: readonly string[]): Promise<readonly FoundLeak[]> {
  const found = await Promise.all(
    paths.map(async ({ globs, severity, kind }) => {
      const nodes = (await Promise.all(globs.map((glob) => expandHomes(tree, glob, homes)))).flat();
      return nodes
        .filter(({ type, size }) => type !== 'file' || size > 0)
        .map(({ path }) => ({ rule: id.toUpperCase(), severity, path, kind }));
    }),
  );
  return found.flat();
}

/** Each leak once, by rule, path and kind. */
export function sortedLeaks(leaks: readonly FoundLeak[]): readonly FoundLeak[] {
  const key = ({ rule, path, kind }: FoundLeak) => [rule, path, kind].join('\0');
  return [...new Map(leaks.map((leak) => [key(leak), leak]))].sort(([left], [right]) => compareText(left, right)).map(([, leak]) => leak);
}
