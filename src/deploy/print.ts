import { commentText } from './comment.ts';
import type { Entry, Value } from './template.ts';

/** How a language writes properties. */
export interface Printed {
  /** Begins a comment that ends with the line. */
  readonly comment: string;
  readonly assign: (key: string, value: string) => string;
  readonly write: (value: Value) => string;
}

/** Properties on lines of their own, each behind its reason. One without a value is its reason alone. */
export function printEntries(entries: readonly Entry[], { comment, assign, write }: Printed): string {
  return entries
    .flatMap(({ key, value, reason }) => [
      ...(reason === undefined ? [] : [`${comment} ${value === undefined ? `no ${key}: ` : ''}${commentText(reason)}`]),
      ...(value === undefined ? [] : [assign(key, write(value))]),
    ])
    .join('\n');
}

export function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
