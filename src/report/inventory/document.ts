import type { Inventory, InventoryBoot, InventorySystem } from '../../model/index.ts';
import { sizeText } from '../bytes.ts';
import type { Fact } from '../fact.ts';
import type { Section } from '../section.ts';
import type { SectionDocument } from '../sections.ts';

/** What is in an image, for people: who it is, then a table for each kind of thing. What could not be read comes first. */
export function inventoryDocument(inventory: Inventory): SectionDocument {
  const { source, system, boot, packages, content } = inventory;
  return {
    title: `inspect ${source.name}`,
    notice: source.simulated ? 'simulated: this disk is the sandbox’s, no real image was read' : undefined,
    facts: [
      {
        label: 'system',
        value: [system.name ?? system.id ?? 'unknown', system.version, system.architecture].filter((part) => part !== undefined).join(', '),
      },
      ...bootFacts(boot),
      ...securityFacts(system),
      {
        label: 'packages',
        value: `${packages.length}, ${packages.filter(({ reason }) => reason === 'manual').length} of them marked as asked for`,
      },
      {
        label: 'own content',
        value: `${content.filter(({ origin }) => origin === 'unowned').length} items that no package brought, ${content.filter(({ origin }) => origin === 'changed').length} changed files of packages`,
      },
    ],
    sections: [...findingSections(inventory), ...contentSections(inventory), ...machineSections(inventory)],
  };
}

function bootFacts({ mode, partitionTable, loaders, fileSystems, kernelArguments }: InventoryBoot): readonly Fact[] {
  const starts =
    mode === undefined
      ? []
      : [
          {
            label: 'boots',
            value: [mode === 'both' ? 'BIOS and UEFI' : mode.toUpperCase(), partitionTable, ...loaders]
              .filter((part) => part !== undefined)
              .join(', '),
          },
        ];
  const disks = fileSystems.map(({ device, type, mountPoint, usedBytes, totalBytes }) => ({
    label: 'file system',
    value: [
      `${device}: ${type}`,
      mountPoint && `on ${mountPoint}`,
      usedBytes !== undefined && totalBytes !== undefined ? `${sizeText(usedBytes)} of ${sizeText(totalBytes)} used` : undefined,
    ]
      .filter((part) => part !== undefined)
      .join(', '),
  }));
  return [...starts, ...disks, ...(kernelArguments.length === 0 ? [] : [{ label: 'kernel line', value: kernelArguments.join(' ') }])];
}

function securityFacts({ kernels, init, selinux, apparmor, fips, timeZone, locale }: InventorySystem): readonly Fact[] {
  const values = [init, selinux && `SELinux ${selinux}`, apparmor ? 'AppArmor' : undefined, fips ? 'FIPS' : undefined, timeZone, locale];
  const shown = values.filter((part) => part !== undefined && part !== '').join(', ');
  return [
    ...(kernels.length === 0 ? [] : [{ label: 'kernels', value: kernels.join(', ') }]),
    ...(shown === '' ? [] : [{ label: 'settings', value: shown }]),
  ];
}

function findingSections({ unread, components, leaks }: Inventory): readonly Section[] {
  return [
    { title: 'could not be read', columns: ['place', 'reason'], rows: unread.map(({ place, reason }) => [place, reason]) },
    {
      title: 'AWS components',
      columns: ['component', 'found'],
      rows: components.map(({ id, found }) => [id, found.slice(0, 3).join('; ')]),
    },
    {
      title: 'must not travel',
      columns: ['rule', 'weight', 'path', 'what'],
      rows: leaks.map(({ rule, severity, path, kind }) => [rule, severity, path, kind]),
    },
  ];
}

function contentSections({ content, packages, containers }: Inventory): readonly Section[] {
  const own = content.filter(({ origin }) => origin !== 'generated');
  return [
    {
      title: 'content of its own',
      columns: ['origin', 'path', 'size', 'mode', 'owner'],
      rows: own.map(({ origin, path, bytes, files, mode, owner, target }) => [
        origin,
        path,
        target === undefined ? (files === undefined ? `${bytes} bytes` : `${files} files, ${bytes} bytes`) : `→ ${target}`,
        mode,
        owner,
      ]),
    },
    {
      title: 'packages',
      columns: ['manager', 'name', 'version', 'origin', 'reason'],
      rows: packages.map(({ manager, name, version, origin = '', reason = '' }) => [manager, name, version, origin, reason]),
    },
    { title: 'container images', columns: ['name'], rows: containers.map((name) => [name]) },
  ];
}

function machineSections({ services, cron, accounts, sudo, settings, windows }: Inventory): readonly Section[] {
  return [
    {
      title: 'services',
      columns: ['unit', 'state', 'package'],
      rows: services.map(({ name, state, package: from = '' }) => [name, state, from]),
    },
    { title: 'cron', columns: ['file', 'jobs'], rows: cron.map(({ path, jobs }) => [path, String(jobs)]) },
    {
      title: 'accounts',
      columns: ['name', 'uid', 'shell', 'password', 'keys'],
      rows: accounts.map(({ name, uid, shell, password, keys }) => [name, String(uid), shell, password, String(keys)]),
    },
    { title: 'sudo', columns: ['rule', 'file'], rows: sudo.map(({ rule, path }) => [rule, path]) },
    {
      title: 'settings',
      columns: ['kind', 'name', 'value', 'file'],
      rows: settings.map(({ kind, name, value, path }) => [kind, name, value, path]),
    },
    { title: 'roles and features', columns: ['name'], rows: (windows?.features ?? []).map((name) => [name]) },
    { title: 'drivers', columns: ['name'], rows: (windows?.drivers ?? []).map((name) => [name]) },
  ];
}
