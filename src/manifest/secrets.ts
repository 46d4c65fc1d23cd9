import { type Path, type Problem, subject } from './problem.ts';

/** A literal after `=` or `:`; a variable, a command or a placeholder is not one. */
const LITERAL = String.raw`\s*[:=]\s*["']?[^\s"'$<%{(\[]{6,}`;

/** What secrets look like. The value itself never enters a message. */
const SHAPES: readonly { readonly pattern: RegExp; readonly looksLike: string }[] = [
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, looksLike: 'an AWS access key id' },
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, looksLike: 'a private key' },
  { pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})/, looksLike: 'a GitHub token' },
  { pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, looksLike: 'a bearer token' },
  { pattern: /\bAccountKey=[A-Za-z0-9+/]{20,}/i, looksLike: 'a storage account key' },
  { pattern: /[?&]sig=[A-Za-z0-9%+/]{20,}/i, looksLike: 'a shared access signature' },
  {
    pattern: new RegExp(`(?:^|[^A-Za-z])(?:password|passwd|pwd|secret|secret_?(?:access_?)?key|api_?key|token)${LITERAL}`, 'i'),
    looksLike: 'a password or key',
  },
];

const SECRET_NAME = /(?:^|_)(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)(?:$|_)/i;
const VARIABLE_NAME = /(?<!\$)\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-[^}]*)?\}/g;

/** What a text looks like when it holds a secret, for example `a private key`; undefined when it shows none. */
export function secretShape(text: string): string | undefined {
  return SHAPES.find(({ pattern }) => pattern.test(text))?.looksLike;
}

/** The same for a text, as written in the file, whose variables or tag name say that they hold a secret. */
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
