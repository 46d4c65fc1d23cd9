import type { Ami, Analysis } from '../../model/index.ts';

/** The AMI as a message names it: its id, which is EC2's, not its name, which is anybody's. */
export function amiWord({ id }: Ami): string {
  return `AMI ${id}`;
}

/** A hostile text inside a message: one line, quoted, shortened. */
export function quoted(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return JSON.stringify(short);
}

/** The findings that issues are drawn from. */
export type Findings = Omit<Analysis, 'kind' | 'schemaVersion' | 'image' | 'ami' | 'ancestry' | 'issues'>;
