import { RegildError } from '../errors.ts';
import { filesOf, toStep } from '../guest/steps/index.ts';
import { type ImageProblem, type ManifestEntry, subject } from '../manifest/index.ts';
import type { Assets } from '../ports.ts';
import { readPrices } from '../prices.ts';

type UserFiles = Pick<Assets, 'user' | 'userFile' | 'userFolder' | 'isThere'>;

/** Files and folders that steps and checks of an image name and that cannot be read. Paths start at the image. */
export async function lintFiles(
  { customize = [], checks, records, prices }: ManifestEntry['entry'],
  assets: UserFiles,
): Promise<readonly ImageProblem[]> {
  const steps = customize.flatMap((item, index) => {
    const { texts, copies, folders } = filesOf(toStep(item));
    const path = ['customize', index];
    return [
      ...texts.map((file) => lookFor(path, file, assets.user)),
      ...copies.map((file) => lookFor(path, file, assets.userFile)),
      ...folders.map((file) => lookFor(path, file, assets.userFolder)),
    ];
  });
  const scripts = (checks?.add ?? []).flatMap(({ shell, powershell }, index) => {
    const own = shell ?? powershell ?? [];
    return 'script' in own ? [lookFor(['checks', 'add', index], own.script, assets.user)] : [];
  });
  const key = records?.sign?.key;
  const keys =
    key === undefined ? [] : [lookFor(['records', 'sign', 'key'], key, async (file) => ((await assets.isThere(file)) ? file : undefined))];
  const priced = prices === undefined ? [] : [lintPrices(prices, assets.user)];
  return (await Promise.all([...steps, ...scripts, ...keys, ...priced])).flat();
}

async function lintPrices(file: string, read: UserFiles['user']): Promise<readonly ImageProblem[]> {
  const missing = await lookFor(['prices'], file, read);
  if (missing.length > 0) return missing;
  return readPrices(await read(file), file).issues.map(({ code, message, hint = '', place }) => ({
    path: ['prices'],
    at: 'value',
    code,
    message: place === undefined ? message : `${message} (line ${place.line})`,
    hint,
  }));
}

async function lookFor(
  path: ImageProblem['path'],
  file: string,
  read: (file: string) => Promise<unknown>,
): Promise<readonly ImageProblem[]> {
  try {
    if ((await read(file)) !== undefined) return [];
    const message = `${subject(path)} names ${file}, which does not exist`;
    return [{ path, at: 'value', code: 'FILE_NOT_FOUND', message, hint: 'paths are relative to the manifest' }];
  } catch (error) {
    if (error instanceof RegildError && error.code === 'SECRET_IN_FILE') {
      return [{ path, at: 'value', code: error.code, message: `${subject(path)}: ${error.message}`, hint: error.hint ?? '' }];
    }
    const hint =
      error instanceof RegildError ? error.hint : 'it has to be a file that can be read, or a folder of text where a folder is named';
    return [
      { path, at: 'value', code: 'FILE_INVALID', message: `${subject(path)} names ${file}, which cannot be read as it should`, hint },
    ];
  }
}
