import { z } from 'zod';

/** A path in images.yaml, relative to that file. */
export function path(description: string) {
  return z.string().min(1, 'name a file relative to the manifest').describe(description);
}
