import { stringify } from 'yaml';
import type { FoundFact } from './find-fact.ts';

/** A fact as the YAML of its file, beneath a line that says which file that is. */
export function factText({ file, fact }: FoundFact): string {
  return `# src/catalog/${file}\n${stringify(fact, { lineWidth: 140 })}`;
}
