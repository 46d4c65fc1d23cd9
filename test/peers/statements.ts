import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a part of the suite is handed. */
export interface Part {
  /** Says whether a statement holds, and why not; what follows goes on either way. */
  readonly prove: (what: string, statement: () => Promise<void>) => Promise<void>;
  /** Absolute path of an empty folder that goes when the suite ends. */
  readonly folder: string;
}

/** Runs a part; true when each of its statements holds. A part that breaks off is a statement that does not. */
export async function proving(name: string, below: string, part: (part: Part) => Promise<void>): Promise<boolean> {
  const results: boolean[] = [];
  const prove = async (what: string, statement: () => Promise<void>) => {
    const said = await failureOf(statement);
    results.push(said === undefined);
    process.stdout.write(said === undefined ? `ok      ${name}: ${what}\n` : `FAILED  ${name}: ${what}\n${indented(said)}\n`);
  };
  const folder = join(below, name);
  await mkdir(folder, { recursive: true });
  const broken = await failureOf(() => part({ prove, folder }));
  if (broken !== undefined) process.stdout.write(`FAILED  ${name}: the part ends by itself\n${indented(broken)}\n`);
  return broken === undefined && !results.includes(false);
}

async function failureOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '        ');
}
