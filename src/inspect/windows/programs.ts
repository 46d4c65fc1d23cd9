import { compareText, type InventoryPackage } from '../../model/index.ts';
import type { RegistryKey } from '../registry/key.ts';
import { textOf } from '../registry/value.ts';
import type { Registry } from './registry.ts';

/** Where programs say how they are removed: the view of 64 bits, and that of 32. */
const VIEWS: readonly { readonly path: string; readonly architecture?: string }[] = [
  { path: 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall' },
  { path: 'HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall', architecture: 'x86' },
];

/** Programs that are installed for the whole machine, as Windows lists them, sorted by name. Throws Unreadable. */
export async function collectPrograms(registry: Registry): Promise<readonly InventoryPackage[]> {
  const found = await Promise.all(
    VIEWS.map(async ({ path, architecture }) => {
      const keys = await registry.below(path);
      return (await Promise.all(keys.map((key) => programOf(key, architecture)))).flat();
    }),
  );
  const byName = new Map(found.flat().map((item) => [[item.name, item.version, item.architecture].join('\0'), item]));
  return [...byName].sort(([one], [other]) => compareText(one, other)).map(([, item]) => item);
}

async function programOf(key: RegistryKey, architecture: string | undefined): Promise<readonly InventoryPackage[]> {
  const values = new Map((await key.values()).map((value) => [value.name.toUpperCase(), textOf(value)]));
  const name = values.get('DISPLAYNAME')?.trim();
  if (!name) return [];
  return [
    {
      manager: 'program',
      name,
      version: values.get('DISPLAYVERSION') ?? '',
      ...(architecture === undefined ? {} : { architecture }),
      origin: values.get('PUBLISHER') || undefined,
      installed: dayOf(values.get('INSTALLDATE')),
    },
  ];
}

/** Windows Installer writes the day as `20240131`; others write what they like. */
function dayOf(text: string | undefined): string | undefined {
  const [, year, month, day] = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text ?? '') ?? [];
  const time = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return year === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
