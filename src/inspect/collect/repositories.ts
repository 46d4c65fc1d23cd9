import type { InventorySetting } from '../../model/index.ts';
import { paragraphs } from '../databases/paragraphs.ts';
import type { FileTree } from '../file-tree.ts';
import { filesIn, meaningfulLines, readText } from '../read.ts';
import { withoutPassword } from './without-password.ts';

type Repository = Pick<InventorySetting, 'name' | 'value'>;

/** The package repositories that are switched on: of apt (both ways of writing), dnf, yum and zypper. */
export async function collectRepositories(tree: FileTree): Promise<readonly InventorySetting[]> {
  const lists = ['/etc/apt/sources.list', ...(await filesIn(tree, '/etc/apt/sources.list.d', '.list'))];
  const sources = await filesIn(tree, '/etc/apt/sources.list.d', '.sources');
  const repos = (await Promise.all(['/etc/yum.repos.d', '/etc/zypp/repos.d'].map((folder) => filesIn(tree, folder, '.repo')))).flat();
  const parts = [
    ...lists.map((path) => read(tree, path, aptLines)),
    ...sources.map((path) => read(tree, path, aptSources)),
    ...repos.map((path) => read(tree, path, repoSections)),
  ];
  return (await Promise.all(parts)).flat();
}

async function read(tree: FileTree, path: string, parse: (text: string) => readonly Repository[]): Promise<readonly InventorySetting[]> {
  const text = await readText(tree, path);
  return parse(text ?? '').map(({ name, value }) => ({ kind: 'repository', name, value: withoutPassword(value), path }));
}

/** `deb [options] URL suite components…` (sources.list(5)). */
function aptLines(text: string): readonly Repository[] {
  return meaningfulLines(text).flatMap((line) => {
    const [, url, suite = '', components = ''] = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s*(.*)$/.exec(line) ?? [];
    return url === undefined ? [] : [{ name: suite, value: [url, components].filter((part) => part !== '').join(' ') }];
  });
}

function aptSources(text: string): readonly Repository[] {
  return paragraphs(text)
    .filter(({ Enabled, Types }) => Enabled !== 'no' && (Types ?? '').split(/\s+/).includes('deb'))
    .flatMap(({ URIs = '', Suites = '', Components = '' }) =>
      URIs.split(/\s+/).flatMap((url) => Suites.split(/\s+/).map((name) => ({ name, value: `${url} ${Components}`.trim() }))),
    );
}

/** Sections `[id]` with `baseurl`, `mirrorlist` or `metalink`, and `enabled=0` where they are off (dnf.conf(5)). */
function repoSections(text: string): readonly Repository[] {
  return text.split(/^(?=\[)/m).flatMap((section) => {
    const [, name] = /^\[([^\]]+)\]/.exec(section) ?? [];
    const value = /^(?:baseurl|mirrorlist|metalink)\s*=\s*(\S+)/m.exec(section)?.[1];
    const off = /^enabled\s*=\s*(?:0|no|false)\b/im.test(section);
    return name === undefined || value === undefined || off ? [] : [{ name, value }];
  });
}
