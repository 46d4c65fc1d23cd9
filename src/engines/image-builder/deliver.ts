import { GUEST_FOLDER, type GuestFile, guestPath } from '../../guest/folder.ts';
import { base64Lines, powershellString, shellWord } from '../../guest/quote.ts';
import type { BuildPlan } from '../../model/index.ts';

type System = BuildPlan['os']['family'];

/** Lines of the guest's shell that make the guest folder and, where files lie deeper, the folders below it. */
export function makeFolders(system: System, files: readonly GuestFile[]): readonly string[] {
  const folders = [...new Set(files.flatMap(({ path }) => parents(path)))].toSorted();
  const paths = [GUEST_FOLDER[system], ...folders.map((folder) => guestPath(system, folder))];
  if (system === 'linux') return [`sudo install -d -m 0700 ${paths.map(shellWord).join(' ')}`];
  return paths.map((path) => `[void](New-Item -ItemType Directory -Force -Path ${powershellString(path)})`);
}

/** Lines that write one file of the guest folder, byte for byte: readable where the text can stand in a script as it is, else as base64. */
export function writeFile(system: System, { path, content }: GuestFile): readonly string[] {
  const target = guestPath(system, path);
  if (system === 'windows') return writeOnWindows(target, content);
  const write = `sudo tee ${shellWord(target)} > /dev/null`;
  return readable(content) ? hereDocument(write, content) : hereDocument('base64 -d', `${base64(content)}\n`, ` | ${write}`);
}

/** A command, perhaps with a pipe behind it, whose standard input is the text, which ends with a newline. The delimiter is no line of the text. */
export function hereDocument(command: string, text: string, pipe = ''): readonly string[] {
  const lines = text.slice(0, -1).split('\n');
  const delimiter = freeDelimiter(lines);
  return [`${command} << '${delimiter}'${pipe}`, ...lines, delimiter];
}

function freeDelimiter(lines: readonly string[]): string {
  let number = 1;
  while (lines.includes(`REGILD_${number}`)) number += 1;
  return `REGILD_${number}`;
}

function writeOnWindows(target: string, content: string): readonly string[] {
  const path = powershellString(target);
  if (!readable(content) || /[^\n\x20-\x7e\t]/.test(content) || /^'@/m.test(content)) {
    return [`[IO.File]::WriteAllBytes(${path}, [Convert]::FromBase64String(@'`, ...base64(content).split('\n'), "'@))"];
  }
  return [`[IO.File]::WriteAllText(${path}, @'`, ...content.split('\n'), "'@)"];
}

/**
 * Whether a text survives in a script line by line. A `{{` does not: the service hands the lines to Packer, which reads them as Go templates. Nor do
 * control characters, and a text without a newline at its end would get one.
 */
function readable(content: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for; a class of Unicode properties takes many times as long
  return content.endsWith('\n') && !content.includes('{{') && !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(content);
}

function base64(content: string): string {
  return base64Lines(Buffer.from(content).toString('base64')).trimEnd();
}

function parents(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
