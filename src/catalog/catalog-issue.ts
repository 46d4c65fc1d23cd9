import type { Issue } from '../model/index.ts';

/** A fault of the catalog, with the file that holds it. */
export function catalogIssue(file: string, message: string): Issue {
  return { severity: 'error', code: 'CATALOG_INVALID', message: `${file}: ${message}` };
}
