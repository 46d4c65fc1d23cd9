import { compareText, type InventoryService } from '../../model/index.ts';
import { numberOf, textOf } from '../registry/value.ts';
import type { Registry } from './registry.ts';

/** Where services and drivers are said to Windows. */
export const SERVICES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
/** Bits of `Type` and values of `Start` (winsvc.h: QUERY_SERVICE_CONFIG). */
const TYPE = { drivers: 0x0b, programs: 0x30 } as const;
const START = { auto: 2, disabled: 4 } as const;
/** The file that brought a driver which is no part of Windows. */
const OEM = /(?:^|;)oem\d+\.inf(?:;|$)/i;

/** Programs that Windows starts or was told not to, and drivers that Windows did not bring itself. */
export interface WindowsServices {
  readonly services: readonly InventoryService[];
  readonly drivers: readonly string[];
}

/** Services that start by themselves or are disabled; those that wait to be asked are in neither. Sorted by name. Throws Unreadable. */
export async function collectWindowsServices(registry: Registry): Promise<WindowsServices> {
  const services: InventoryService[] = [];
  const drivers: string[] = [];
  for (const key of await registry.below(SERVICES)) {
    const values = new Map((await key.values()).map((value) => [value.name.toUpperCase(), value]));
    const type = numberOf(values.get('TYPE')) ?? 0;
    const start = numberOf(values.get('START'));
    const owners = values.get('OWNERS');
    if ((type & TYPE.programs) !== 0 && start === START.auto) services.push({ name: key.name, state: 'enabled' });
    if ((type & TYPE.programs) !== 0 && start === START.disabled) services.push({ name: key.name, state: 'disabled' });
    if ((type & TYPE.drivers) !== 0 && start !== START.disabled && owners !== undefined && OEM.test(textOf(owners))) drivers.push(key.name);
  }
  return { services: services.sort((one, other) => compareText(one.name, other.name)), drivers: drivers.sort(compareText) };
}
