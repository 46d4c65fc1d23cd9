import * as z from 'zod';
import { artifact, list } from './schema.ts';

/** What `regild init` wrote. */
export const InitResult = artifact('InitResult', {
  /** Files that were written, as paths below the working folder. */
  files: list(z.string()),
  /** Name of the first image in the manifest. */
  image: z.string(),
  /** Names of all of them. */
  images: list(z.string()),
  /** Command lines to go on with. */
  next: list(z.string()),
});
export type InitResult = z.infer<typeof InitResult>;
