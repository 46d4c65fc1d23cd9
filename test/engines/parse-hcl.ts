import { parse } from '@cdktn/hcl2json';
import { vi } from 'vitest';

/** HCL as JSON, with string templates that interpolate nothing turned into the text they stand for. */
export async function parseHcl(path: string, content: string): Promise<unknown> {
  // The parser is Go compiled to WebAssembly, whose scheduler waits with setTimeout.
  vi.useRealTimers();
  try {
    return literal(await parse(path, content));
  } finally {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'setImmediate'] });
  }
}

function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[$%](?=[$%]\{)/g, '');
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [literal(name), literal(inner)]));
}

/** What Go's text/template prints for a text whose only actions are quoted strings. */
export function goTemplateOutput(text: string): string {
  return text.replaceAll('{{"{{"}}', '{{');
}
