import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { printFailure } from '../../src/commands/failure.ts';
import { RegildError } from '../../src/errors.ts';
import { maskSecrets } from '../../src/model/mask-secrets.ts';
import {
  forgetSecrets,
  knowSecrets,
  redact,
  redacting,
  redactingLines,
  redactJson,
  redactValues,
  secretIn,
} from '../../src/model/redact.ts';
import { secretShape } from '../../src/model/secret-shapes.ts';
import { entities, markdown, markdownCode, visible } from '../../src/report/encode.ts';
import { hostile } from '../fakes/hostile-text.ts';
import { PLANTED, QUOTED } from '../fakes/planted.ts';

afterEach(forgetSecrets);

const KEY = `-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,0123456789ABCDEF

MIIEpAIBAAKCAQEA7bq0Xq1Zl0Xq1Zl0Xq1Zl0Xq1Zl0Xq1Zl0Xq1Zl0Xq1Zl0Xq
c2hvcnQ=
-----END RSA PRIVATE KEY-----`;

/** How a text is written where it is quoted. */
const WAYS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'behind a line feed': (text) => `azure said\n${text}`,
  'in JSON': (text) => JSON.stringify({ message: `azure said\n${text}` }),
  'in JSON in JSON': (text) => JSON.stringify({ message: JSON.stringify({ error: text }) }),
  'in HTML': entities,
  'in Markdown': markdown,
  'in code of Markdown': markdownCode,
  'in a terminal': visible,
};

describe.each(Object.entries(WAYS))('%s', (_, written) => {
  test.each(QUOTED)('%j is hidden', (shape) => {
    expect(redact(written(shape))).not.toContain(PLANTED);
  });
});

test('a whole private key is hidden with its headers, and of one that was cut short what there is', () => {
  expect(redact(`before\n${KEY}\nafter`)).toBe('before\n***\nafter');
  expect(redact(`before ${KEY.slice(0, 120)}`)).not.toContain('AAKC');
});

test('a value in quotes is hidden up to the quote that ends it, one without up to the end of the word', () => {
  expect(redact(`password="two words, and more" next`)).toBe('password="***" next');
  expect(redact(`pwd: 'a b' next`)).toBe(`pwd: '***' next`);
  expect(redact('password=one next')).toBe('password=*** next');
});

test('whatever is refused in what users write is hidden in what is told', () => {
  const written = [
    'AKIAIOSFODNN7EXAMPLE',
    KEY,
    `ghp_${'a'.repeat(36)}`,
    'glpat-abcdefghijklmnopqrst',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc',
    'AccountKey=abcdefghijklmnopqrstuvwx==',
    '?sig=abcdefghijklmnopqrstuvwx',
    'password: hunter2hunter2',
    'api_key=hunter2hunter2',
    'token=hunter2hunter2',
  ];
  const told = written.map((text) => ({ refused: secretShape(text) !== undefined, hidden: secretShape(redact(text)) === undefined }));
  expect(told).toEqual(written.map(() => ({ refused: true, hidden: true })));
});

test('JSON stays JSON of the same form, whatever it says', () => {
  const text = fc.oneof(hostile, fc.constantFrom(...QUOTED));
  const value = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.integer(),
      fc.constantFrom(null, true),
      fc.array(tie('tree')),
      fc.dictionary(fc.constantFrom('password', 'secret', 'token', 'name'), tie('tree')),
    ),
  })).tree;
  const form = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(form);
    if (typeof one === 'object' && one !== null) return Object.entries(one).map(([key, member]) => [key, form(member)]);
    return typeof one === 'string' ? '' : one;
  };
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 2), (document, indent) => {
      const json = JSON.stringify(document, null, indent);
      const hidden = redactJson(json);
      expect(form(JSON.parse(hidden))).toEqual(form(document));
      expect(hidden).not.toContain(PLANTED);
    }),
  );
});

test('a known value is hidden however it is written, also line by line and within the base64 of a login', () => {
  knowSecrets(['p"w<d>&12345', KEY]);
  const login = (user: string) => Buffer.from(`${user}:p"w<d>&12345`).toString('base64');
  const said = ['p"w<d>&12345', JSON.stringify('p"w<d>&12345'), 'p&quot;w&lt;d&gt;&amp;12345', encodeURIComponent('p"w<d>&12345')];
  expect(said.map(redact)).toEqual(['***', '"***"', '***', '***']);
  for (const user of ['a', 'ab', 'abc']) expect(redact(`login ${login(user)}`)).toContain('***');
  expect(redact('guest: MIIEpAIBAAKCAQEA7bq0Xq1Zl0Xq1Zl0Xq1Zl0Xq1Zl0Xq1Zl0Xq1Zl0Xq1Zl0Xq')).toBe('guest: ***');
});

const hexOf = (text: string, before: string, behind = '') =>
  Array.from(text, (sign) => `${before}${sign.charCodeAt(0).toString(16).padStart(2, '0')}${behind}`).join('');
const KNOWN = 'Tr0ub4dor&3/"x<y>=hunter';

/** Other ways to write a known value that a log, an SDK's message, a terminal or a page was seen to use. */
const OTHERWISE: Readonly<Record<string, (text: string) => string>> = {
  'JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)),
  'JSON in JSON in JSON': (text) => JSON.stringify(JSON.stringify(JSON.stringify(text))),
  'JSON with signs as code points': (text) => hexOf(text, String.raw`\u00`),
  'JSON that is safe in HTML': (text) => JSON.stringify(text).replace(/[<>&]/g, (sign) => hexOf(sign, String.raw`\u00`)),
  'JSON with its slashes escaped': (text) => JSON.stringify(text).replaceAll('/', String.raw`\/`),
  'an address in an address': (text) => encodeURIComponent(encodeURIComponent(text)),
  'an address in small letters': (text) => encodeURIComponent(text).toLowerCase().replace('tr0', 'Tr0'),
  'an address with every sign': (text) => hexOf(text, '%'),
  'decimal entities': (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  'hexadecimal entities': (text) => text.replace(/[&<>"]/g, (sign) => hexOf(sign, '&#x', ';')),
  'HTML in HTML': (text) => entities(entities(text)),
  Markdown: (text) => text.replace(/[<>&]/g, String.raw`\$&`),
  'a terminal in colour': (text) => `${text.slice(0, 8)}\u001b[1;31m${text.slice(8)}`,
  'a terminal, sign by sign': (text) => [...text].join('\u001b[0m'),
  'a link of a terminal': (text) => `${text.slice(0, 5)}\u001b]8;;https://example.com\u0007${text.slice(5)}`,
  'signs without width': (text) => [...text].join('\u200b'),
  'UTF-16 read as bytes': (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  'base64 of UTF-16': (text) => Buffer.from(`$p = '${text}'`, 'utf16le').toString('base64'),
  'base64 of an address': (text) => Buffer.from(`>>>${text}???`).toString('base64url'),
  'hexadecimal digits': (text) => hexOf(text, ''),
};

test.each(Object.entries(OTHERWISE))('a known value in %s is hidden, and what stands beside it is not', (_, written) => {
  knowSecrets([KNOWN]);
  const said = redact(`it said ${written(KNOWN)} and went on`);
  expect(said).toMatch(/^it said .*\*\*\*.* and went on$/s);
  expect(said).not.toContain('dor');
});

test.each(Object.entries(OTHERWISE))('JSON that quotes a known value in %s stays JSON', (_, written) => {
  knowSecrets([KNOWN]);
  const hidden = redactJson(JSON.stringify({ before: 'a', said: `it said ${written(KNOWN)}`, after: [1] }));
  expect(JSON.parse(hidden)).toEqual({ before: 'a', said: expect.stringContaining('***'), after: [1] });
  expect(hidden).not.toContain('dor');
});

const COLOURED: Readonly<Record<string, (text: string) => string>> = {
  'with the value in colour': (text) => text.replace(/(?<=[ =:]"?)(?=\S)/, '\u001b[1m'),
  'with a colour inside of the value': (text) => text.replace(PLANTED, `${PLANTED.slice(0, 6)}\u001b[31m${PLANTED.slice(6)}`),
  'in an address': encodeURIComponent,
  'as UTF-16': (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  'as JSON that is safe in HTML': (text) => JSON.stringify(text).replace(/[<>&'+]/g, (sign) => hexOf(sign, String.raw`\u00`)),
};

describe.each(Object.entries(COLOURED))('%s', (_, written) => {
  test.each(QUOTED)('%j is hidden', (shape) => {
    const said = redact(written(shape));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: codes of a terminal.
    expect(said.replace(/\u001b\[\d+m|\0/g, '')).not.toContain(PLANTED);
  });
});

test('a text that is only written otherwise stays as it is written', () => {
  const said = [
    '\u001b[1mweb-golden\u001b[0m 100%25 \\u0041 &lt;b&gt; C:\\new\\table',
    '{"path":"C:\\\\temp","html":"&#38;"}',
    '%41%42 \u200b',
  ];
  expect(said.map(redact)).toEqual(said);
  expect(said.map(redactJson)).toEqual(said);
});

test('the causes of an error, and each of several, are told without it', () => {
  knowSecrets([KNOWN]);
  const inner = new AggregateError([new Error(`one ${KNOWN}`), new Error(`two ${encodeURIComponent(KNOWN)}`)], `both ${KNOWN}`);
  const failure = new RegildError('CLOUD_FAILED', `it failed: ${KNOWN}`, { hint: KNOWN, details: { said: KNOWN }, cause: inner });
  const heard: string[] = [];
  const io = { tell: (text: string) => heard.push(text), diagnostics: { write: (text: string) => heard.push(text) }, environment: {} };
  printFailure(failure, io as unknown as Parameters<typeof printFailure>[1], true);
  expect([failure.message, failure.hint, failure.details]).toEqual(['it failed: ***', '***', { said: '***' }]);
  expect(heard.join('')).toContain('***');
  expect(heard.join('')).not.toMatch(/dor/);
});

test('what is forgotten is a word again', () => {
  knowSecrets(['hunter2-hunter2']);
  forgetSecrets();
  expect(redact('hunter2-hunter2')).toBe('hunter2-hunter2');
});

test('what has to stay as it is may hold words that are also passwords, and no secret', () => {
  knowSecrets(['postgres', 'hunter2-hunter2']);
  expect([
    secretIn('install postgres', 'exact'),
    secretIn('x hunter2-hunter2', 'exact'),
    secretIn('x hunter2-hunter2', 'answered'),
    secretIn(KEY, 'exact'),
    secretIn(KEY, 'answered'),
  ]).toEqual([undefined, 'a secret of your environment', 'a secret of your environment', 'a private key', undefined]);
});

test('a log that is told line by line shows no line of a private key, and goes on behind it', () => {
  const redacted = redactingLines();
  const lines = [
    'installing',
    ...KEY.split('\n').map((line) => `    azure-arm.image: ${line}`),
    'azure-arm.image: done',
    'token=abc123xyz',
  ];
  const told = lines.map(redacted);
  expect(told.at(0)).toBe('installing');
  expect(told.slice(-2)).toEqual(['azure-arm.image: done', 'token=***']);
  expect(told.join('\n')).not.toMatch(/MIIE|c2hvcnQ|AES|ENCRYPTED/);
});

test('a log that only names the beginning of a key goes on', () => {
  const redacted = redactingLines();
  expect(['grep: -----BEGIN PRIVATE KEY-----', 'the file has none of it.', 'done'].map(redacted)).toEqual([
    'grep: ***',
    'the file has none of it.',
    'done',
  ]);
});

// Quadratic in its length this would outlast the suite.
test.each([
  ...['0', '"', '\\', '-----BEGIN RSA PRIVATE KEY-----', 'password="', '\n-----BEGIN '],
  ...['%25', '\\u0041', '&amp;', '\u001b[', '\u001b]8;;', '\u200b', '%41'],
])('megabytes of %j are redacted', (piece) => {
  const text = piece.repeat(2_000_000 / piece.length);
  expect([typeof redact(text), typeof redactJson(text), typeof maskSecrets(text)]).toEqual(['string', 'string', 'string']);
  const way = redacting('text');
  for (let from = 0; from < text.length; from += 50_000) way.push(text.slice(from, from + 50_000));
  expect(typeof way.end()).toBe('string');
});

/** Data with these texts, between others, as names and values of members. */
function around(texts: readonly string[]): fc.Arbitrary<unknown> {
  const text = fc.oneof(
    fc.constantFrom(...texts),
    hostile,
    fc.constantFrom('password:', 'token=', '***', '-----BEGIN RSA PRIVATE KEY-----', ''),
  );
  return fc.array(
    fc.oneof(text, fc.array(text), fc.dictionary(fc.constantFrom('name', 'tags'), text), fc.integer(), fc.constant(undefined)),
  );
}

test('of data, each text is what it is by itself, whatever stands beside it', () => {
  const alone = (value: unknown): unknown => {
    if (typeof value === 'string') return redact(value);
    if (typeof value !== 'object' || value === null) return value;
    return Array.isArray(value) ? value.map(alone) : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, alone(inner)]));
  };
  fc.assert(
    fc.property(around(QUOTED), (data) => {
      expect(redactValues(data)).toEqual(alone(data));
    }),
  );
  knowSecrets(['a secret\nof two lines']);
  expect(redactValues({ one: ['a secret\nof two lines'], two: ['a secret', 'of two lines'] })).toEqual({
    one: ['***'],
    two: ['a secret', 'of two lines'],
  });
});

test('data without a secret is the very same', () => {
  const data = { name: 'web', tags: [{ key: 'team', value: 'a' }], count: 3 };
  expect(redactValues(data)).toBe(data);
});
