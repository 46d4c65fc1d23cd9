import { RegildError } from '../../../errors.ts';

/** Tag for a path below the ARM endpoint: every value is percent-encoded. Throws USAGE for a value that would climb out of its segment. */
export function armPath(fixed: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: fixed }, ...values.map(segment));
}

function segment(value: string): string {
  if (['', '.', '..'].includes(value)) {
    throw new RegildError('USAGE', `${JSON.stringify(value)} cannot be part of an Azure resource id`, {
      hint: 'check the names under `target`',
    });
  }
  return encodeURIComponent(value);
}
