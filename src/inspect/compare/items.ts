import type { ContentItem, Inventory, ParityKind } from '../../model/index.ts';
import { ownerNames } from '../owner-names.ts';

/** One thing of an image that another image has too, or not: equal values mean that nothing changed. */
export interface Item {
  readonly kind: ParityKind;
  readonly name: string;
  /** In words for a person. */
  readonly value: string;
  /** The package that it comes with, where that is known. */
  readonly package?: string | undefined;
}

/** Everything in an inventory that is compared. What the system makes by itself is not, nor what belongs to one machine. */
export function itemsOf(inventory: Inventory): readonly Item[] {
  return [
    ...systemItems(inventory),
    ...inventory.packages.map(({ manager, name, version }) => ({ kind: 'package' as const, name: `${manager}:${name}`, value: version })),
    ...inventory.services.map((service) => ({
      kind: 'service' as const,
      name: service.name,
      value: service.state,
      package: service.package,
    })),
    ...inventory.cron.map(({ path, jobs, sha256 }) => ({ kind: 'cron' as const, name: path, value: `${jobs} jobs, ${short(sha256)}` })),
    ...inventory.accounts.map(({ name, uid, home, shell }) => ({ kind: 'account' as const, name, value: `${uid}, ${home}, ${shell}` })),
    ...inventory.sudo.map(({ path, rule }) => ({ kind: 'sudo' as const, name: rule, value: path })),
    ...inventory.settings.map(({ kind, name, value }) => ({ kind: 'setting' as const, name: `${kind} ${name}`, value })),
    ...inventory.content.filter(({ origin }) => origin !== 'generated').map((item) => contentItem(item, inventory)),
    ...inventory.containers.map((name) => ({ kind: 'container' as const, name, value: 'present' })),
    ...windowsItems(inventory),
    ...inventory.components.map(({ id, found }) => ({ kind: 'component' as const, name: id, value: found[0] ?? 'present' })),
  ];
}

function systemItems({ system, windows }: Inventory): readonly Item[] {
  const { id, version, architecture, init, selinux, locale, timeZone, hostNamePattern } = system;
  const values: Readonly<Record<string, string | undefined>> = {
    distribution: [id, version].filter((part) => part !== undefined).join(' ') || undefined,
    architecture,
    init,
    SELinux: selinux,
    AppArmor: system.apparmor ? 'installed' : undefined,
    FIPS: system.fips ? 'on' : undefined,
    locale,
    'time zone': timeZone,
    'host name pattern': hostNamePattern,
    edition: windows?.edition,
    'installation type': windows?.installationType,
    build: windows?.build,
    language: windows?.language,
  };
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ kind: 'system' as const, name, value }]));
}

function windowsItems({ windows }: Inventory): readonly Item[] {
  if (windows === undefined) return [];
  const present = (kind: ParityKind, list: readonly string[]) => list.map((name) => ({ kind, name, value: 'present' }));
  return [
    ...present('feature', windows.features),
    ...present('driver', windows.drivers),
    ...present('task', windows.tasks),
    ...present('hotfix', windows.hotfixes),
    ...windows.sqlServer.map(({ instance, edition, version }) => ({
      kind: 'feature' as const,
      name: `SQL Server ${instance}`,
      value: `${edition} ${version}`,
    })),
  ];
}

function contentItem(item: ContentItem, { accounts }: Inventory): Item {
  const { path, kind, bytes, files, sha256, target, mode, package: name } = item;
  const owner = ownerNames(item.owner, accounts);
  const what = kind === 'link' ? `link to ${target}` : kind === 'tree' ? `${files} files, ${bytes} bytes` : `${bytes} bytes`;
  const digest = sha256 === undefined ? '' : `, ${short(sha256)}`;
  return { kind: 'content', name: path, value: kind === 'link' ? what : `${what}, ${mode} ${owner}${digest}`, package: name };
}

function short(sha256: string): string {
  return `sha256 ${sha256.slice(0, 12)}`;
}
