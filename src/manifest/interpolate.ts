import { type Path, type Problem, quote, subject } from './problem.ts';

/** `$${` is a literal `${`; anything else that starts with `${` but is no variable stays as it is. */
const VARIABLE = /\$\$\{|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<fallback>[^}]*))?\}/g;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Replaces `${NAME}` and `${NAME:-default}` in every text of a value (not in keys). What a variable holds stays text: it cannot add
 * keys or lists. As in a shell, `:-` also stands in for a variable that is empty. A variable that is not set stays as written.
 */
export function interpolate(value: unknown, environment: Environment): unknown {
  if (typeof value === 'string') return replace(value, environment);
  if (Array.isArray(value)) return value.map((item) => interpolate(item, environment));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolate(item, environment)]));
}

/** Names of the variables in a text. */
export function variablesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(VARIABLE)].flatMap(({ groups }) => groups?.name ?? []))];
}

/** One problem for each variable in a text that is neither set nor has a default. */
export function missingVariables(text: string, path: Path, environment: Environment): readonly Problem[] {
  return [...text.matchAll(VARIABLE)]
    .flatMap(({ groups }) => (groups?.name === undefined || groups.fallback !== undefined ? [] : [groups.name]))
    .filter((name) => variable(environment, name) === undefined)
    .map((name) => ({
      path,
      at: 'value',
      code: 'VARIABLE_MISSING',
      message: `environment variable ${quote(name)} in ${subject(path)} is not set`,
      hint: `set it, give a default as in \${${name}:-value}, or write $\${${name}} for the text itself`,
    }));
}

function replace(text: string, environment: Environment): string {
  return text.replace(VARIABLE, (whole: string, name: string | undefined, fallback: string | undefined) => {
    if (name === undefined) return '${';
    const found = variable(environment, name);
    return fallback !== undefined && (found === undefined || found === '') ? fallback : (found ?? whole);
  });
}

function variable(environment: Environment, name: string): string | undefined {
  return Object.hasOwn(environment, name) ? environment[name] : undefined;
}
