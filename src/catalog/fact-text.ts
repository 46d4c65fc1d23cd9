import { stringify } from 'yaml';
import type { FoundFact } from './find-fact.ts';

/** A fact as the YAML of its file, beneath a line that says what and where it is. */
export function factText({ kind, file, fact }: FoundFact): string {
  return `# ${kind}, src/catalog/${file}\n${stringify(fact, { lineWidth: 140 })}`;
}
