import { compareText, type InventoryWindows } from '../../model/index.ts';
import { numberOf } from '../registry/value.ts';
import type { Registry } from './registry.ts';

const SERVER_MANAGER = 'HKLM\\SOFTWARE\\Microsoft\\ServerManager\\ServicingStorage\\ServerComponentCache';
const PACKAGES = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
const TASKS = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree';
const SQL_SERVER = 'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server';
/** What the two stores call a thing that is there. */
const INSTALLED = { feature: 1, package: 112 } as const;
/** Folders of tasks within each other, and tasks in all, that are looked at. */
const LIMITS = { depth: 16, tasks: 20_000 } as const;

/** Roles and features, by the names that `Get-WindowsFeature` has for them. Throws Unreadable. */
export async function collectFeatures(registry: Registry): Promise<readonly string[]> {
  const names: string[] = [];
  for (const key of await registry.below(SERVER_MANAGER)) {
    if (numberOf(await key.value('InstallState')) === INSTALLED.feature) names.push(key.name);
  }
  return names.sort(compareText);
}

/** Updates that are installed, for example `KB5034439`; the monthly ones are known by the build instead. Throws Unreadable. */
export async function collectHotfixes(registry: Registry): Promise<readonly string[]> {
  const numbers = new Set<string>();
  for (const key of await registry.below(PACKAGES)) {
    const [, number] = /^Package_for_(KB\d+)~/i.exec(key.name) ?? [];
    if (number !== undefined && numberOf(await key.value('CurrentState')) === INSTALLED.package) numbers.add(number.toUpperCase());
  }
  return [...numbers].sort(compareText);
}

/** Scheduled tasks that are not Windows' own, by path and name. Throws Unreadable. */
export async function collectTasks(registry: Registry): Promise<readonly string[]> {
  const tasks: string[] = [];
  let folders = (await registry.below(TASKS)).map((key) => ({ key, path: `\\${key.name}` }));
  for (let depth = 0; folders.length > 0 && depth < LIMITS.depth && tasks.length < LIMITS.tasks; depth += 1) {
    const inner: typeof folders = [];
    for (const { key, path } of folders) {
      if (/^\\Microsoft\\Windows$/i.test(path)) continue;
      if (await key.value('Id')) tasks.push(path);
      else inner.push(...(await key.subkeys()).map((child) => ({ key: child, path: `${path}\\${child.name}` })));
    }
    folders = inner.slice(0, LIMITS.tasks);
  }
  return tasks.sort(compareText);
}

/** Instances of SQL Server. Throws Unreadable. */
export async function collectSqlServer(registry: Registry): Promise<InventoryWindows['sqlServer']> {
  const named = (await (await registry.key(`${SQL_SERVER}\\Instance Names\\SQL`))?.values()) ?? [];
  const instances = await Promise.all(
    named.map(async ({ name }) => {
      const id = await registry.text(`${SQL_SERVER}\\Instance Names\\SQL`, name);
      const setup = `${SQL_SERVER}\\${id}\\Setup`;
      const [edition, version, patched] = await Promise.all(
        ['Edition', 'Version', 'PatchLevel'].map((value) => registry.text(setup, value)),
      );
      return { instance: name, edition: edition ?? '', version: patched ?? version ?? '' };
    }),
  );
  return instances.sort((one, other) => compareText(one.instance, other.instance));
}
