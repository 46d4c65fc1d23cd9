import type { Finding } from '../model/index.ts';
import type { Clues } from './clues.ts';
import { decide } from './decide.ts';
import { clueFrom } from './identify-family.ts';

/** The catalog family of the AMI, or of the nearest AMI it was made from. */
export function findAmiFamily({ matches }: Clues): Finding<string> {
  return decide(matches.map((match) => clueFrom(match, match.family.id)));
}
