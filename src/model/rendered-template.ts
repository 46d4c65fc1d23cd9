import * as z from 'zod';
import { Engine } from './image-spec.ts';
import { Issue } from './issue.ts';
import { artifact, list } from './schema.ts';
import { TextFile } from './text-file.ts';

/** The plan as the engine's own files. Byte-stable: the same plan renders the same text. */
export const RenderedTemplate = artifact('RenderedTemplate', {
  image: z.string(),
  engine: Engine,
  /** Digest of the plan that it was rendered from. */
  digest: z.string(),
  /** Relative paths; the first is the one to read. */
  files: list(TextFile),
  /** What the engine cannot express, said before anything is built. */
  issues: list(Issue),
});
export type RenderedTemplate = z.infer<typeof RenderedTemplate>;
