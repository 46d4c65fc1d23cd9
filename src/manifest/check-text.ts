import { hiding, secretShape, secretsOfEnvironment } from '../model/secret-shapes.ts';
import { interpolate, missingVariables } from './interpolate.ts';
import type { Path, Problem } from './problem.ts';
import { secretFound, secretName } from './secrets.ts';
import { unnamedVariables } from './variables.ts';

/** Problems in the texts of a file, whatever key they stand under: secrets, written or brought in by a variable, and variables that are not set. */
export function checkText(value: unknown, environment: Readonly<Record<string, string | undefined>>): readonly Problem[] {
  const hide = hiding(secretsOfEnvironment(environment));
  return textsIn(value).flatMap(({ text, path }) => {
    const filled = String(interpolate(text, environment));
    const secret =
      secretShape(text) ??
      secretName(text, path) ??
      secretShape(filled) ??
      (hide(filled) === filled ? undefined : 'a secret of your environment');
    if (secret !== undefined) return [secretFound(secret, path)];
    const unnamed = unnamedVariables(value, text, path);
    return unnamed.length > 0 ? unnamed : missingVariables(text, path, environment);
  });
}

/** Every text in a value with its path, in the order of the file. */
export function textsIn(value: unknown, path: Path = []): readonly { readonly text: string; readonly path: Path }[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
}
