import * as z from 'zod';
import { record } from '../../model/schema.ts';
import { sha256 } from '../../model/sha256.ts';
import type { UserFile } from '../../model/user-file.ts';
import { guestPath } from '../folder.ts';
import { base64Lines, powershellString } from '../quote.ts';
import * as onLinux from './linux-lines.ts';
import { defineStep, type Lines } from './step.ts';
import { path } from './texts.ts';
import * as onWindows from './windows-lines.ts';

/** A file, copied into the image. A guest is handed text; of base64 it makes the bytes itself. */
export const file = defineStep({
  kind: 'file',
  entry: record({
    from: path('File beside this manifest.'),
    to: z.string().min(1, 'name a path in the image').describe('Absolute path in the image.'),
  }).describe('A file to copy into the image, text or not.'),
  says: { from: z.string(), to: z.string() },
  read: (entry) => entry,
  reads: ({ from }) => ({ copies: [from] }),
  keeps: {
    from: z.string(),
    to: z.string(),
    /** Text, or any bytes as base64 without line ends. */
    content: z.string(),
    encoding: z.literal('base64').optional(),
    /** Of the bytes, hexadecimal. */
    sha256: z.string(),
  },
  plan({ from, to }, { copies }) {
    const found = copies.get(from);
    return found ? { title: `copy ${from} to ${to}`, keeps: { from, to, ...withHash(found) } } : { missing: from };
  },
  bytes: ({ content }) => Buffer.byteLength(content),
  linux: ({ to, content, encoding }, site) => (encoding ? bytesOnLinux(site.file, to, content) : textOnLinux(site.file, to, content)),
  windows: ({ to, content, encoding }, site) => (encoding ? bytesOnWindows(site.file, to, content) : textOnWindows(site.file, to, content)),
});

/** A file of the user's with the hash of its bytes. */
export function withHash({ content, encoding }: UserFile): UserFile & { readonly sha256: string } {
  return { content, ...(encoding && { encoding }), sha256: sha256(encoding ? Buffer.from(content, encoding) : content) };
}

function textOnLinux(own: string, to: string, content: string): Lines {
  return { files: [{ path: own, content }], lines: [onLinux.place(own, to)] };
}

function bytesOnLinux(own: string, to: string, base64: string): Lines {
  const text = `${own}.base64`;
  const decode = `base64 -d ${onLinux.words(guestPath('linux', text))} > ${onLinux.words(guestPath('linux', own))}`;
  return onLinux.script(own, [decode, onLinux.place(own, to)], [{ path: text, content: base64Lines(base64) }]);
}

function textOnWindows(own: string, to: string, content: string): Lines {
  return { files: [{ path: own, content }], lines: onWindows.place(own, to) };
}

function bytesOnWindows(own: string, to: string, base64: string): Lines {
  const text = `${own}.base64`;
  const read = `[IO.File]::ReadAllText(${powershellString(guestPath('windows', text))})`;
  const write = `[IO.File]::WriteAllBytes(${powershellString(to)}, [Convert]::FromBase64String(${read}))`;
  return { files: [{ path: text, content: base64Lines(base64) }], lines: [...onWindows.makeFolderOf(to), write] };
}
