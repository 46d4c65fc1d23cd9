import { entities } from './encode.ts';

/** HTML or XML that is safe to send; only `markup` makes it. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | undefined | readonly Markup[];

/** A tagged template for HTML and XML: every text that is put in is encoded, other markup is taken as it is, `undefined` leaves nothing. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((string, index) => string + (index < parts.length ? toText(parts[index]) : '')).join('') };
}

/** Optional markup: what `render` makes of a value, or nothing where there is none. */
export function when<Value>(value: Value | undefined, render: (value: Value) => Markup | undefined): Markup | undefined {
  return value === undefined ? undefined : render(value);
}

function toText(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return entities(String(part));
  return 'markup' in part ? part.markup : part.map((each) => each.markup).join('');
}
