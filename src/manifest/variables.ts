import { variablesIn } from './interpolate.ts';
import { type Path, type Problem, quote, subject } from './problem.ts';

/** Where what a user writes becomes part of an image: steps, and checks of one's own. */
const IN_IMAGE: readonly (readonly string[])[] = [['customize'], ['checks', 'add']];

/**
 * One problem for each variable in a step that the entry, or the defaults, does not name under `variables`: what a step holds is read by everybody who may
 * read the image, its template or a report, and no name tells for sure that a value is no secret.
 */
export function unnamedVariables(manifest: unknown, text: string, path: Path): readonly Problem[] {
  const entry = path[0] === 'defaults' ? path.slice(0, 1) : path[0] === 'images' ? path.slice(0, 2) : undefined;
  if (entry === undefined || !IN_IMAGE.some((place) => place.every((key, index) => path[entry.length + index] === key))) return [];
  const named = [...namedUnder(manifest, ['defaults']), ...namedUnder(manifest, entry)];
  return variablesIn(text)
    .filter((name) => !named.includes(name))
    .map((name) => ({
      path,
      at: 'value',
      code: 'VARIABLE_UNNAMED',
      message: `environment variable ${quote(name)} in ${subject(path)} is not named under \`variables\``,
      hint: `name it there where everybody may read its value in the image; keep a secret in Key Vault and name it under \`secrets\` of the step; write $\${${name}} for the text itself`,
    }));
}

function namedUnder(manifest: unknown, entry: Path): readonly unknown[] {
  const variables = [...entry, 'variables'].reduce<unknown>((value, key) => memberOf(value, key), manifest);
  return Array.isArray(variables) ? variables : [];
}

function memberOf(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
