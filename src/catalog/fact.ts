import * as z from 'zod';
import { list } from '../model/schema.ts';

/** Where a fact was read, and when it was last checked (`verified`) against that source. */
export const fact = { source: list(z.string()).refine((sources) => sources.length > 0, 'a fact needs a source'), verified: z.iso.date() };

/** A list that a file may leave out. */
export function optionalList<Item extends z.ZodType>(item: Item) {
  return z.array(item).default([]).readonly();
}
