import { compareText, type InventorySetting } from '../../model/index.ts';
import { textOf } from '../registry/value.ts';
import type { Registry } from './registry.ts';

const FIREWALL = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const PROFILES = { DomainProfile: 'domain', StandardProfile: 'private', PublicProfile: 'public' } as const;
const ENVIRONMENT = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
const TIME = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters';
/** What setup of Windows writes itself. */
const OWN_VARIABLES = /^(?:ComSpec|DriverData|NUMBER_OF_PROCESSORS|OS|Path|PATHEXT|PROCESSOR_.*|PSModulePath|TEMP|TMP|USERNAME|windir)$/i;

/** Settings of the firewall, the time service and the environment that people make. Of variables only the name. Throws Unreadable. */
export async function collectWindowsSettings(registry: Registry): Promise<readonly InventorySetting[]> {
  const all = [...(await firewallProfiles(registry)), ...(await firewallRules(registry)), ...(await timeServers(registry))];
  return [...all, ...(await variables(registry))].sort((one, other) => compareText(keyOf(one), keyOf(other)));
}

async function firewallProfiles(registry: Registry): Promise<readonly InventorySetting[]> {
  const found = await Promise.all(
    Object.entries(PROFILES).map(async ([key, name]) => {
      const on = await registry.number(`${FIREWALL}\\${key}`, 'EnableFirewall');
      const value = on === 0 ? 'off' : 'on';
      return on === undefined ? [] : [{ kind: 'firewall' as const, name: `${name} profile`, value, path: `${FIREWALL}\\${key}` }];
    }),
  );
  return found.flat();
}

/** Rules that somebody added and that are active: those of Windows itself are named by a resource (`@FirewallAPI.dll,-1`). */
async function firewallRules(registry: Registry): Promise<readonly InventorySetting[]> {
  const path = `${FIREWALL}\\FirewallRules`;
  const values = (await (await registry.key(path))?.values()) ?? [];
  return values.flatMap((value) => {
    const parts = textOf(value).split('|').slice(1);
    const fields = new Map(parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
    const name = fields.get('Name') ?? '';
    if (name === '' || name.startsWith('@') || fields.get('Active') !== 'TRUE') return [];
    const told = ['Action', 'Dir', 'Protocol', 'LPort', 'RPort', 'App'].flatMap((field) => {
      const text = fields.get(field);
      return text === undefined ? [] : [`${field}=${text}`];
    });
    return [{ kind: 'firewall' as const, name: `rule ${name}`, value: told.join(' '), path }];
  });
}

async function timeServers(registry: Registry): Promise<readonly InventorySetting[]> {
  const servers = (await registry.text(TIME, 'NtpServer'))?.split(/\s+/) ?? [];
  return servers.filter((name) => name !== '').map((name) => ({ kind: 'ntp', name: name.replace(/,.*/, ''), value: 'server', path: TIME }));
}

async function variables(registry: Registry): Promise<readonly InventorySetting[]> {
  const values = (await (await registry.key(ENVIRONMENT))?.values()) ?? [];
  return values
    .filter(({ name }) => name !== '' && !OWN_VARIABLES.test(name))
    .map(({ name }) => ({ kind: 'environment', name, value: 'set', path: ENVIRONMENT }));
}

function keyOf({ kind, name, value }: InventorySetting): string {
  return [kind, name, value].join('\0');
}
