/** A literal after `=` or `:`; a variable, a command or a placeholder is not one. */
const LITERAL = String.raw`\s*[:=]\s*["']?[^\s"'$<%{(\[]{6,}`;

/**
 * What secrets look like in what users write: what is refused must hardly ever be innocent, unlike what `maskSecrets` hides. Each is linear in the length
 * of the text. The value itself never enters a message.
 */
const SHAPES: readonly { readonly pattern: RegExp; readonly looksLike: string }[] = [
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, looksLike: 'an AWS access key id' },
  { pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/, looksLike: 'a private key' },
  { pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})/, looksLike: 'a GitHub token' },
  { pattern: /\b(?:glpat-[\w-]{20,}|xox[abprs]-[\w-]{20,})/, looksLike: 'a token of GitLab or Slack' },
  { pattern: /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, looksLike: 'a bearer token' },
  { pattern: /\bAccountKey=[A-Za-z0-9+/]{20,}/i, looksLike: 'a storage account key' },
  { pattern: /[?&]sig=[A-Za-z0-9%+/]{20,}/i, looksLike: 'a shared access signature' },
  {
    pattern: new RegExp(`(?:^|[^A-Za-z])(?:password|passwd|pwd|secret|secret_?(?:access_?)?key|api_?key|token)${LITERAL}`, 'i'),
    looksLike: 'a password or key',
  },
];

/** What a text looks like when it holds a secret, for example `a private key`; undefined when it shows none. */
export function secretShape(text: string): string | undefined {
  return SHAPES.find(({ pattern }) => pattern.test(text))?.looksLike;
}

/** What no program holds by accident: a file that is copied may well set a password from a variable, or explain how to. */
const UNMISTAKABLE = [
  'an AWS access key id',
  'a private key',
  'a GitHub token',
  'a token of GitLab or Slack',
  'a bearer token',
  'a storage account key',
];

/** The same for a file that is taken over as it is. */
export function secretInFile(content: string): string | undefined {
  return SHAPES.find(({ pattern, looksLike }) => UNMISTAKABLE.includes(looksLike) && pattern.test(content))?.looksLike;
}

/** Names of variables and tags that say that they hold a secret. */
export const SECRET_NAME =
  /(?:^|_)(?:PASSWORD|PASSWD|PWD|PASS|SECRET|TOKEN|PAT|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|ACCOUNT_?KEY|CREDENTIALS?)(?:$|_)/i;

/** Shorter values are words of the language, and would be hidden everywhere. */
const SHORTEST = 8;

/** Values of an environment that nothing may print or save: of variables whose names say that they hold a secret. A path or an address is none. */
export function secretsOfEnvironment(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(environment).flatMap(([name, value = '']) =>
    (SECRET_NAME.test(name) || /_KEY$/i.test(name)) && value.length >= SHORTEST && !/^(?:\/|[A-Za-z]:\\|https?:\/\/[^@]*$)/.test(value)
      ? [value]
      : [],
  );
}

/** What hides these values in a text, also as JSON, HTML, an address or base64 write them, and the long lines of one of several lines. */
export function hiding(secrets: readonly string[]): (text: string) => string {
  const written = secrets.flatMap((secret) => [secret, ...longLines(secret)]).flatMap(waysToWrite);
  const longestFirst = [...new Set(written)].toSorted((one, other) => other.length - one.length);
  return longestFirst.length === 0
    ? (text) => text
    : (text) => longestFirst.reduce((hidden, secret) => hidden.replaceAll(secret, () => '***'), text);
}

/** A log tells a key line by line. */
function longLines(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/);
  return lines.length < 2 ? [] : lines.filter((line) => line.length >= 2 * SHORTEST && !line.startsWith('-----'));
}

function waysToWrite(secret: string): readonly string[] {
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    secret.replace(/[&<>"']/g, (sign) => HTML[sign] ?? sign),
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('hex').toUpperCase(),
    ...inBase64(Buffer.from(secret)),
    // As PowerShell's -EncodedCommand and much of Windows write it.
    ...inBase64(Buffer.from(secret, 'utf16le')),
  ].filter((way) => way.length >= SHORTEST);
}

/** By itself and behind other bytes, with the signs of an address too. */
function inBase64(bytes: Buffer): readonly string[] {
  const ways = [bytes.toString('base64'), withinBase64(bytes, 0), withinBase64(bytes, 1), withinBase64(bytes, 2)];
  return [...ways, ...ways.map((way) => way.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))];
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What of a value is the same in the base64 of any text that holds it behind 3n + `before` other bytes (`user:password`): its bytes in whole groups of three. */
function withinBase64(secret: Buffer, before: 0 | 1 | 2): string {
  const bytes = secret.subarray((3 - before) % 3);
  return bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
}
