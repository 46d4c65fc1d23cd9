import type { HttpRequest, HttpResponse, Json } from '../../../src/sandbox/http.ts';

/** What is sent instead of an answer. */
export type Change = (request: HttpRequest, response: HttpResponse) => HttpResponse;

/** Deeper than any program calls itself. */
const DEPTH = 20_000;

/** Answers that nobody described: what a portal, a proxy or another program gives, and the real one (a text) of an interface that changed. */
export const FOREIGN_BODIES: Readonly<Record<string, (real: string) => string>> = {
  nothing: () => '',
  null: () => 'null',
  'a list': () => '[]',
  'a list of null': () => '[null]',
  'an empty object': () => '{}',
  'a text': () => '"ok"',
  'a number': () => '12',
  'a page': () => '<!doctype html><html><head><title>Sign in</title></head><body>Sign in</body></html>',
  'an answer of EC2 without anything': () => '<?xml version="1.0"?><Response><requestId>1</requestId></Response>',
  'half of it': (real) => real.slice(0, real.length / 2),
  'no value': () => '{"value":null}',
  'null in a list': () => '{"value":[null]}',
  'empty objects in a list': () => '{"value":[{}]}',
  'an object for a list': () => '{"value":{}}',
  'no properties': () => '{"properties":null}',
  'other types': () => '{"id":1,"name":2,"location":[],"status":{},"properties":{"provisioningState":{},"outputs":1}}',
  'deep lists': () => `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`,
  'deep objects': () => `{"value":[${'{"properties":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}]}`,
  'keys of JavaScript alone': () => '{"__proto__":{"value":[{}]},"constructor":null,"hasOwnProperty":1}',
  'keys of JavaScript beside its own': (real) =>
    real.replace(/^\{(?!\})/, '{"__proto__":{"isForeign":true},"constructor":{"prototype":{"isForeign":true}},"toString":1,'),
  'huge numbers': (real) => eachLeaf(real, (leaf) => (typeof leaf === 'string' ? leaf : HUGE)).replaceAll(`"${HUGE}"`, '1e999'),
  'every value null': (real) => eachLeaf(real, () => null),
  'every text a number': (real) => eachLeaf(real, (leaf) => (typeof leaf === 'string' ? 7 : leaf)),
  'every value an object': (real) => eachLeaf(real, (leaf) => ({ value: leaf })),
  'every list null': (real) => eachNode(real, (node) => (Array.isArray(node) ? null : node)),
  'every inner object null': (real) => eachNode(real, (node, depth) => (depth > 0 && isObject(node) ? null : node)),
};

const HUGE = 'a huge number';

/** An answer with another body, as success. */
export function answeredBy(body: keyof typeof FOREIGN_BODIES, { headers, body: real = '' }: HttpResponse): HttpResponse {
  const text = typeof real === 'string' || real instanceof Uint8Array ? Buffer.from(real).toString() : JSON.stringify(real);
  return { status: 200, headers: { 'content-type': 'application/json', ...headers }, body: FOREIGN_BODIES[body]?.(text) ?? '' };
}

/** Each value that holds no others as `say` has it; of XML what stands between two tags. */
function eachLeaf(real: string, say: (leaf: Json) => Json): string {
  if (!isJson(real)) return real.replace(/>([^<>]+)<\//g, (_, leaf: string) => `>${JSON.stringify(say(leaf)).replace(/[<>&]/g, '')}</`);
  return eachNode(real, (node) => (typeof node === 'object' && node !== null ? node : say(node)));
}

/** Each value as `say` has it, from outside to inside. */
function eachNode(real: string, say: (node: Json, depth: number) => Json): string {
  return isJson(real) ? JSON.stringify(changed(JSON.parse(real), 0, say)) : real;
}

function changed(node: Json, depth: number, say: (node: Json, depth: number) => Json): Json {
  const own = say(node, depth);
  if (own !== node || typeof own !== 'object' || own === null) return own;
  if (Array.isArray(own)) return own.map((item: Json) => changed(item, depth + 1, say));
  return Object.fromEntries(Object.entries(own).map(([name, member]) => [name, changed(member ?? null, depth + 1, say)]));
}

function isJson(text: string): boolean {
  return /^[{[]/.test(text);
}

function isObject(node: Json): boolean {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
