import { SECRET_NAME } from '../model/secret-shapes.ts';
import { type Path, type Problem, subject } from './problem.ts';

const VARIABLE_NAME = /(?<!\$)\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-[^}]*)?\}/g;

/** What a text holds, as written in the file, whose variables or tag name say that they hold a secret. */
export function secretName(text: string, path: Path): string | undefined {
  const variable = [...text.matchAll(VARIABLE_NAME)].map((match) => match[1] ?? '').find((name) => SECRET_NAME.test(name));
  if (variable !== undefined) return `a secret from the environment variable ${variable}`;
  const key = String(path.at(-1) ?? '');
  return path.includes('tags') && SECRET_NAME.test(key) && text !== '' ? 'a secret, by its tag name' : undefined;
}

/** The problem of a text that holds a secret; the text itself stays out of it. */
export function secretFound(looksLike: string, path: Path): Problem {
  const message = `${subject(path)} holds what looks like ${looksLike}`;
  const hint = 'keep it in Azure Key Vault and name it under `secrets` of the step that needs it; if it was committed, replace it';
  return { path, at: 'value', code: 'SECRET_IN_MANIFEST', message, hint };
}
