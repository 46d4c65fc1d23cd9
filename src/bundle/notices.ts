import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compareText } from '../model/index.ts';

/**
 * The notices of every package whose code is in the bundle: name, version, licence, and the licence files that it ships, each text once, sorted by name.
 * `inputs` are the files that went into the bundle. Throws where a package names no licence.
 */
export async function noticesOf(inputs: readonly string[]): Promise<string> {
  const folders = [...new Set(inputs.flatMap((input) => packageFolder(resolve(input)) ?? []))];
  const notices = (await Promise.all(folders.map(noticeOf))).toSorted((one, other) => compareText(one.name, other.name));
  const alike = [...Map.groupBy(notices, ({ text }) => text)].map(([text, all]) => `${all.map(({ name }) => name).join('\n')}\n\n${text}`);
  return `This program holds code of these packages.\n${alike.map((part) => `\n${RULE}\n${part}\n`).join('')}`;
}

/** The folder of the package that a file of node_modules belongs to. */
function packageFolder(file: string): string | undefined {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  return folder;
}

interface Notice {
  /** Name, version and licence. */
  readonly name: string;
  readonly text: string;
}

async function noticeOf(folder: string): Promise<Notice> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>;
  if (typeof license !== 'string') throw new Error(`${folder} names no licence`);
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return { name: `${name} ${version}: ${license}`, text: texts.map((text) => text.trim()).join('\n\n') };
}

const RULE = '-'.repeat(80);
