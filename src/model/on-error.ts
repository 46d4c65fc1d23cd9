import * as z from 'zod';

/** What becomes of the machine in which a build or a test failed: it is deleted, kept until the run's deadline, or whoever watches is asked. */
export const OnError = z.enum(['cleanup', 'keep', 'ask']);
export type OnError = z.infer<typeof OnError>;

/** What holds in a run: the command line goes before the manifest, which goes before `cleanup`. */
export function onErrorOf(plan: { readonly onError?: OnError | undefined }, run: { readonly onError?: OnError | undefined }): OnError {
  return run.onError ?? plan.onError ?? 'cleanup';
}
