import { type Architecture, compareText, type InventorySystem } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { meaningfulLines, readText } from '../read.ts';
import { olderRelease } from './older-release.ts';

/** What a Linux system says of itself. Throws `Unreadable`. */
export async function collectSystem(tree: FileTree): Promise<InventorySystem> {
  const release = await osRelease(tree);
  const named = { id: release.get('ID'), version: release.get('VERSION_ID'), name: release.get('PRETTY_NAME') };
  return {
    family: 'linux',
    ...(named.id === undefined ? await olderRelease(tree) : named),
    architecture: await architectureOf(tree),
    kernels: await kernelsOf(tree),
    init: await initOf(tree),
    selinux: keyOf(await readText(tree, '/etc/selinux/config'), 'SELINUX'),
    apparmor: (await tree.stat('/etc/apparmor.d/abstractions')) !== undefined,
    fips: (await tree.stat('/etc/system-fips')) !== undefined || /^FIPS/m.test((await readText(tree, '/etc/crypto-policies/config')) ?? ''),
    locale: await localeOf(tree),
    timeZone: await timeZoneOf(tree),
    hostNamePattern: hostPattern(await readText(tree, '/etc/hostname')),
  };
}

/** The values of os-release(5), without quotes. */
async function osRelease(tree: FileTree): Promise<ReadonlyMap<string, string>> {
  const text = (await readText(tree, '/etc/os-release')) ?? (await readText(tree, '/usr/lib/os-release')) ?? '';
  return new Map(
    meaningfulLines(text).flatMap((line) => {
      const [, key, value = ''] = /^([A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
      return key === undefined ? [] : [[key, value.replace(/^(["'])(.*)\1$/, '$2')] as const];
    }),
  );
}

/** ELF's numbers of machines (e_machine). */
const MACHINES: Readonly<Record<number, Architecture>> = { 62: 'x64', 183: 'arm64' };

/** Of a program that every system has: the machine it was compiled for. */
async function architectureOf(tree: FileTree): Promise<Architecture | undefined> {
  for (const path of ['/usr/bin/env', '/bin/sh', '/sbin/init']) {
    const head = await tree.read(path, { length: 20 });
    if (head?.length === 20 && head[0] === 0x7f && head[1] === 0x45) return MACHINES[(head[18] ?? 0) + (head[19] ?? 0) * 256];
  }
  return undefined;
}

async function kernelsOf(tree: FileTree): Promise<readonly string[]> {
  const folders = (await tree.list('/lib/modules')) ?? [];
  const names = folders.filter(({ type }) => type === 'directory').map(({ path }) => path.slice('/lib/modules/'.length));
  return names.sort(compareText);
}

async function initOf(tree: FileTree): Promise<string | undefined> {
  const candidates = { systemd: '/lib/systemd/systemd', openrc: '/sbin/openrc', upstart: '/sbin/initctl' };
  for (const [name, path] of Object.entries(candidates)) if (await tree.stat(path)) return name;
  return (await tree.stat('/etc/inittab')) === undefined ? undefined : 'sysvinit';
}

async function localeOf(tree: FileTree): Promise<string | undefined> {
  return keyOf(await readText(tree, '/etc/locale.conf'), 'LANG') ?? keyOf(await readText(tree, '/etc/default/locale'), 'LANG');
}

async function timeZoneOf(tree: FileTree): Promise<string | undefined> {
  const target = await tree.readlink('/etc/localtime');
  return target?.split('/zoneinfo/')[1] ?? (await readText(tree, '/etc/timezone'))?.trim();
}

function keyOf(text: string | undefined, key: string): string | undefined {
  const line = meaningfulLines(text ?? '').find((each) => each.startsWith(`${key}=`));
  return line?.slice(key.length + 1).replaceAll(/["']/g, '');
}

function hostPattern(text: string | undefined): string | undefined {
  const name = text?.trim();
  return name ? name.replaceAll(/\d/g, '#') : undefined;
}
