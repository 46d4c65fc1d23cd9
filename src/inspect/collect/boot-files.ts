import { compareText, type InventoryBoot } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { filesIn, meaningfulLines, readText } from '../read.ts';

/** What the files of a Linux system say of how it starts; what the disk itself says comes from who read it. */
export type BootFiles = Pick<InventoryBoot, 'kernelArguments' | 'initramfsDrivers' | 'fstab' | 'swap'>;

/** Throws `Unreadable`. */
export async function collectBootFiles(tree: FileTree): Promise<BootFiles> {
  const fstab = parseFstab((await readText(tree, '/etc/fstab')) ?? '');
  return {
    kernelArguments: await kernelArguments(tree),
    initramfsDrivers: await initramfsDrivers(tree),
    fstab: fstab.filter(({ type }) => type !== 'swap'),
    swap: fstab.filter(({ type }) => type === 'swap').map(({ device }) => device),
  };
}

/** Lines of fstab(5) in the order of the file, which is the order of mounting. */
export function parseFstab(text: string): InventoryBoot['fstab'] {
  return meaningfulLines(text).flatMap((line) => {
    const [device, mountPoint, type, options = 'defaults'] = line.split(/\s+/);
    return device === undefined || mountPoint === undefined || type === undefined ? [] : [{ device, mountPoint, type, options }];
  });
}

/** The arguments of the first entry that the boot loader has, without the root device and its own words. */
async function kernelArguments(tree: FileTree): Promise<readonly string[]> {
  const words = (await commandLine(tree)).split(/\s+/).filter((word) => word !== '' && !/^(?:root|BOOT_IMAGE|initrd)=|^\$/.test(word));
  return [...new Set(words)].sort(compareText);
}

async function commandLine(tree: FileTree): Promise<string> {
  for (const path of ['/boot/grub/grub.cfg', '/boot/grub2/grub.cfg']) {
    const [, line] = /^\s*linux(?:16|efi)?\s+\S+\s+(.*)$/m.exec((await readText(tree, path)) ?? '') ?? [];
    if (line !== undefined) return line;
  }
  const [entry] = (await filesIn(tree, '/boot/loader/entries', '.conf')).filter((path) => !/rescue/.test(path));
  const [, options = ''] = /^options\s+(.*)$/m.exec((entry && (await readText(tree, entry))) ?? '') ?? [];
  if (options !== '' && !options.includes('$kernelopts')) return options;
  const [, fromDefault = ''] = /^GRUB_CMDLINE_LINUX=["'](.*)["']/m.exec((await readText(tree, '/etc/default/grub')) ?? '') ?? [];
  return fromDefault;
}

/** Drivers that dracut or initramfs-tools are told to put in. */
async function initramfsDrivers(tree: FileTree): Promise<readonly string[]> {
  const dracut = ['/etc/dracut.conf', ...(await filesIn(tree, '/etc/dracut.conf.d', '.conf'))];
  const texts = await Promise.all(dracut.map((path) => readText(tree, path)));
  const added = texts.flatMap((text) => [...(text ?? '').matchAll(/^\s*(?:add_drivers|force_drivers)\+?=["']?([^"'\n]*)/gm)]);
  const modules = meaningfulLines((await readText(tree, '/etc/initramfs-tools/modules')) ?? '');
  const names = [...added.map(([, names = '']) => names), ...modules].flatMap((text) => text.trim().split(/\s+/));
  return [...new Set(names)].filter((name) => name !== '').sort(compareText);
}
