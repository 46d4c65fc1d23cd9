import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const COPY = 'for one; do cp "$one.text" "$one"; chmod 755 "$one"; done';

/**
 * Writes executable files, name → text, into a folder that is there. Another process copies them: a file that this one has open for writing is open too in
 * every process that another thread starts in that moment, and Linux starts no program that somebody may write (ETXTBSY).
 */
export function placePrograms(folder: string, programs: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, `${name}.text`), text);
  execFileSync('sh', ['-euc', COPY, 'sh', ...Object.keys(programs).map((name) => join(folder, name))]);
}
