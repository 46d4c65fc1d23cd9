import { interpolate, missingVariables } from './interpolate.ts';
import type { Problem } from './problem.ts';
import { secretFound, secretName, secretShape } from './secrets.ts';
import { textsIn } from './texts.ts';

/** Problems in the texts of a file, whatever key they stand under: secrets, written or brought in by a variable, and variables that are not set. */
export function checkText(value: unknown, environment: Readonly<Record<string, string | undefined>>): readonly Problem[] {
  return textsIn(value).flatMap(({ text, path }) => {
    const secret = secretShape(text) ?? secretName(text, path) ?? secretShape(String(interpolate(text, environment)));
    return secret === undefined ? missingVariables(text, path, environment) : [secretFound(secret, path)];
  });
}
