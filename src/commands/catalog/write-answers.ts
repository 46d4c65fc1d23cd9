import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answers, renewRelease } from '../../catalog/renew-release.ts';
import { RegildError } from '../../errors.ts';
import { writeWhole } from '../files.ts';
import { installation } from '../installation.ts';
import type { CheckedBase } from './ask-bases.ts';

/**
 * Where the files of releases are: the folder that was named, else those of the checkout that runs. What the sandbox says goes only where somebody sent
 * it. Throws USAGE.
 */
export function catalogFolder(write: true | string, sandbox: boolean): string {
  if (write === true && sandbox) {
    throw new RegildError('USAGE', 'the sandbox invents what it says, and the catalog holds facts', {
      hint: 'name a copy: `--write <folder>`',
    });
  }
  const folder = write === true ? join(installation(), 'src/catalog') : write;
  if (existsSync(join(folder, 'distros'))) return folder;
  throw new RegildError('USAGE', `${folder} has no folder distros with the catalog's files`, {
    hint: 'run it in a checkout of regild, or name its src/catalog: `--write <folder>`',
  });
}

/** Takes what Azure confirmed into the files; a base of another system or architecture, and one that is gone, are left to a person. Gives the files that changed. */
export async function writeAnswers(bases: readonly CheckedBase[], folder: string, today: string): Promise<readonly string[]> {
  const releases = [...Map.groupBy(bases, ({ release }) => release)];
  const changed = await Promise.all(
    releases.map(async ([release, own]) => {
      const answers: Answers = new Map(
        own.flatMap(({ image, facts, differences }) => (facts && !differences.some(isForAPerson) ? [[image, facts]] : [])),
      );
      const file = `distros/${release}.yaml`;
      if (answers.size === 0) return [];
      const text = await readFile(join(folder, file), 'utf8');
      const renewed = renewRelease(text, answers, today);
      if (renewed === text) return [];
      await writeWhole(join(folder, file), renewed, { content: 'exact', mode: 0o644 });
      return [file];
    }),
  );
  return changed.flat();
}

function isForAPerson({ what }: CheckedBase['differences'][number]): boolean {
  return what === 'system' || what === 'architecture';
}
