import * as z from 'zod';
import { artifact, list, record } from './schema.ts';

/** What `regild sandbox show`, `advance` and `reset` say of what the sandbox remembers. */
export const SandboxMemory = artifact('SandboxMemory', {
  /** Path of the file as seen from the working folder. */
  file: z.string(),
  /** What is remembered now, one for each subscription that the sandbox stood for. */
  worlds: list(
    record({
      subscription: z.string(),
      /** Virtual time at which it goes on. */
      time: z.iso.datetime(),
      /** Requests since the world was last summed up. */
      writes: z.int(),
    }),
  ),
  /** True where what was remembered is gone. */
  reset: z.boolean(),
});
export type SandboxMemory = z.infer<typeof SandboxMemory>;
