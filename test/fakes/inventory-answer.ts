import { type GuestOutput, runInGuest } from '../../src/sandbox/guest.ts';

/** What a test VM prints when it is asked what it holds: a clean base; undefined for any other script. */
export function inventoryAnswer(script: string): GuestOutput | undefined {
  if (!/^# regild-inventory:/m.test(script)) return undefined;
  return runInGuest(script, { os: 'Linux', failing: [], mute: false });
}
