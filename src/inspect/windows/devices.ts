import { compareText } from '../../model/index.ts';
import { textOf } from '../registry/value.ts';
import type { Registry } from './registry.ts';

const ENUM = 'HKLM\\SYSTEM\\CurrentControlSet\\Enum';
/** Most devices that are looked at. */
const MOST = 5000;

/** Names of the devices that Windows remembers, present or not: what a driver calls them, without its file's reference. Throws Unreadable. */
export async function collectDevices(registry: Registry): Promise<readonly string[]> {
  const names = new Set<string>();
  let looked = 0;
  for (const bus of await registry.below(ENUM)) {
    for (const device of await bus.subkeys()) {
      for (const instance of await device.subkeys()) {
        looked += 1;
        if (looked > MOST) return [...names].sort(compareText);
        const value = (await instance.value('FriendlyName')) ?? (await instance.value('DeviceDesc'));
        if (value !== undefined) names.add(textOf(value).replace(/^@[^;]*;/, ''));
      }
    }
  }
  return [...names].sort(compareText);
}
