import type { AzureConnection } from './index.ts';

/** Azure's copies of its data agree within seconds. */
const AGREEMENT_MILLISECONDS = 2_000;

/** The answer; where it is "there is none" of something that must be there, what a second look a moment later finds: one wrong 404 decides nothing. */
export async function askTwice<Answer>(
  { clock, pollMilliseconds }: Pick<AzureConnection, 'clock' | 'pollMilliseconds'>,
  signal: AbortSignal | undefined,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  const first = await ask();
  if (first !== undefined) return first;
  await clock.sleep(Math.min(pollMilliseconds, AGREEMENT_MILLISECONDS), signal);
  return ask();
}
