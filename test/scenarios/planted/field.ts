import type { HttpRequest, HttpResponse, Json } from '../../../src/sandbox/http.ts';

/**
 * One place in which a cloud says something: which request, which header or member of the answer. Names and indices are left out, so that a field is the
 * same in every run: `DescribeImages: imageId`, `GET metadata/endpoints: name`.
 */
export type Field = string;

/** Without these an answer is none: the client would not read it, or would ask somebody else. */
const TRANSPORT = ['content-type', 'content-length', 'location', 'azure-asyncoperation', 'retry-after'];

/** The answer with each of its texts as `say` has it, told of the field. */
export function withTexts(request: HttpRequest, response: HttpResponse, say: (field: Field, text: string) => string): HttpResponse {
  const at = (place: string) => (text: string) => say(`${subject(request)}: ${place}`, text);
  const headers = Object.entries({ 'x-ms-request-id': 'id', ...response.headers }).map(([name, value]) => [
    name,
    TRANSPORT.includes(name) ? value : inHeader(at(name)(value)),
  ]);
  const { body } = response;
  return { ...response, headers: Object.fromEntries(headers), ...(body !== undefined && { body: bodyWith(body, at) }) };
}

type Body = NonNullable<HttpResponse['body']>;

type At = (place: string) => (text: string) => string;

function bodyWith(body: Body, at: At): Body {
  if (body instanceof Uint8Array) return body;
  if (typeof body !== 'string') return jsonWith(body as Json, '', at) as Body;
  if (!body.trimStart().startsWith('<')) return at('text')(body);
  // EC2's XML: what stands between two tags.
  return body.replace(/<(\w+)>([^<]*)<\/\1>/g, (_, name: string, text: string) => `<${name}>${xml(at(name)(unXml(text)))}</${name}>`);
}

function jsonWith(value: Json, place: string, at: At): Json {
  if (typeof value === 'string') return at(place)(value);
  if (Array.isArray(value)) return value.map((item: Json) => jsonWith(item, `${place}[]`, at));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      member === undefined ? undefined : jsonWith(member, place === '' ? name : `${place}.${name}`, at),
    ]),
  );
}

/** What is asked for, without names: types stay (ARM: /type/name pairs behind a provider), of EC2 the action. */
export function subject({ method, path, text }: Pick<HttpRequest, 'method' | 'path' | 'text'>): string {
  const action = /(?:^|&)Action=(\w+)/.exec(text)?.[1];
  if (action !== undefined) return action;
  const segments = path.split('/').filter((segment) => segment !== '');
  const provider = segments.findLastIndex((segment) => segment.toLowerCase() === 'providers');
  const shown = segments.map((segment, index) => {
    if (provider >= 0 && index > provider + 1) return (index - provider) % 2 === 0 ? segment : '*';
    return /\d/.test(segment) || /^(?:subscriptions|resourcegroups)$/i.test(segments[index - 1] ?? '') ? '*' : segment;
  });
  return `${method} ${shown.join('/')}`;
}

/** What a header may hold. */
function inHeader(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, ' ');
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unXml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** Where words stand that nothing is looked up by: planted all at once, they change no way that is taken. */
export function isWords(field: Field): boolean {
  return /(?:\.tags\.[^.]+|x-ms-request-id|message|description|displayName|details?|statement|output|text)$/i.test(field);
}
