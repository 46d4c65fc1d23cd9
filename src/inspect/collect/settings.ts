import { compareText, type InventorySetting } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { filesIn, meaningfulLines, readText } from '../read.ts';
import { collectKeys } from './keys.ts';
import { collectRepositories } from './repositories.ts';
import { withoutPassword } from './without-password.ts';

/** One line of a file of settings, as name and value. */
type Line = readonly [name: string, value: string];

interface Reader {
  readonly kind: InventorySetting['kind'];
  /** Files, and folders with the ending of the files in them. */
  readonly places: readonly (readonly [path: string, ending?: string])[];
  readonly parse: (line: string) => Line | undefined;
}

const pair = (separator: RegExp) => (line: string) => {
  const [name = '', ...rest] = line.split(separator);
  return rest.length === 0 ? undefined : ([name.trim(), rest.join(' ').trim()] as const);
};

/** What is read line by line; each administrator's folder, not the vendor's below /usr. */
const READERS: readonly Reader[] = [
  { kind: 'sysctl', places: [['/etc/sysctl.conf'], ['/etc/sysctl.d', '.conf']], parse: sysctl },
  { kind: 'limit', places: [['/etc/security/limits.conf'], ['/etc/security/limits.d', '.conf']], parse: limit },
  { kind: 'module', places: [['/etc/modules'], ['/etc/modules-load.d', '.conf']], parse: (line) => [line.split(/\s/)[0] ?? '', ''] },
  { kind: 'environment', places: [['/etc/environment']], parse: environment },
  { kind: 'proxy', places: [['/etc/environment']], parse: proxyVariable },
  { kind: 'proxy', places: [['/etc/apt/apt.conf'], ['/etc/apt/apt.conf.d']], parse: aptProxy },
  { kind: 'proxy', places: [['/etc/yum.conf'], ['/etc/dnf/dnf.conf']], parse: only(/^proxy\s*=\s*(\S+)/) },
  {
    kind: 'ntp',
    places: [
      ['/etc/chrony.conf'],
      ['/etc/chrony/chrony.conf'],
      ['/etc/chrony.d', '.conf'],
      ['/etc/chrony/conf.d', '.conf'],
      ['/etc/chrony/sources.d', '.sources'],
      ['/etc/ntp.conf'],
    ],
    parse: only(/^((?:server|pool|peer|refclock)\s+\S+)/),
  },
  {
    kind: 'ntp',
    places: [['/etc/systemd/timesyncd.conf'], ['/etc/systemd/timesyncd.conf.d', '.conf']],
    parse: only(/^((?:Fallback)?NTP=.+)/),
  },
  {
    kind: 'resolver',
    places: [['/etc/systemd/resolved.conf'], ['/etc/systemd/resolved.conf.d', '.conf']],
    parse: only(/^((?:DNS|Domains)=.+)/),
  },
  { kind: 'sshd', places: [['/etc/ssh/sshd_config'], ['/etc/ssh/sshd_config.d', '.conf']], parse: pair(/\s+/) },
];

/** The settings of the machine, sorted by kind, name and place. Passwords in URLs are left out. */
export async function collectSettings(tree: FileTree): Promise<readonly InventorySetting[]> {
  const parts = await Promise.all(READERS.map((reader) => readSettings(tree, reader)));
  const found = [...parts.flat(), ...(await collectRepositories(tree)), ...(await collectKeys(tree))];
  const key = ({ kind, name, path, value }: InventorySetting) => [kind, name, path, value].join('\0');
  return [...new Map(found.map((setting) => [key(setting), setting]))]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, setting]) => setting);
}

/** What reads a folder of settings passes by the files whose names begin with a dot (glob(7)). */
const isRead = (path: string) => !/\/\.[^/]*$/.test(path);

async function readSettings(tree: FileTree, { kind, places, parse }: Reader): Promise<readonly InventorySetting[]> {
  const paths = (await Promise.all(places.map(([path, ending]) => (ending === undefined ? [path] : filesIn(tree, path, ending))))).flat();
  const texts = await Promise.all(paths.filter(isRead).map(async (path) => ({ path, text: (await readText(tree, path)) ?? '' })));
  return texts.flatMap(({ path, text }) =>
    meaningfulLines(text).flatMap((line) => {
      const [name, value] = parse(line) ?? [];
      return name === undefined || value === undefined ? [] : [{ kind, name, value: withoutPassword(value), path }];
    }),
  );
}

/** sysctl.conf(5): `;` begins a comment too, and a value may hold `=`. */
function sysctl(line: string): Line | undefined {
  const [, name, value] = /^([^;=\s][^=]*?)\s*=\s*(.+)$/.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}

/** limits.conf(5): domain, type, item, value. */
function limit(line: string): Line | undefined {
  const [domain, type, item, value] = line.split(/\s+/);
  return value === undefined ? undefined : [`${domain} ${type} ${item}`, value];
}

/** Values of variables may be secrets, so only that there is one is told. */
function environment(line: string): Line | undefined {
  const [, name] = /^(?:export\s+)?([A-Za-z_]\w*)=/.exec(line) ?? [];
  return name === undefined || /proxy$/i.test(name) ? undefined : [name, 'set'];
}

function proxyVariable(line: string): Line | undefined {
  const [, name, value] = /^(?:export\s+)?(\w*proxy)=["']?([^"'\s]+)/i.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : [name.toLowerCase(), value];
}

function aptProxy(line: string): Line | undefined {
  const [, name, value] = /^(Acquire::\w+::Proxy)\s+"([^"]+)"/i.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}

function only(expression: RegExp): (line: string) => Line | undefined {
  return (line) => {
    const [, value] = expression.exec(line) ?? [];
    return value === undefined ? undefined : [value.split(/[\s=]/)[0] ?? '', value.replace(/^\S+?[\s=]+/, '')];
  };
}
