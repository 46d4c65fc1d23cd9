import { expect, test } from 'vitest';
import { isAws } from './plan-fleet.ts';

test('the disks of AMIs are read from AWS, and what Resource Manager and Entra ID are asked is not', () => {
  const asked = (path: string) => isAws({ liveRequest: { url: `https://127.0.0.1:4443${path}` } });
  expect(['/', '/snapshots/snap-1/blocks', '/snapshots/snap-1/blocks/7?blockToken=t'].map(asked)).toEqual([true, true, true]);
  expect(['/subscriptions/s/providers/Microsoft.Compute/snapshots/x', '/t/oauth2/v2.0/token'].map(asked)).toEqual([false, false]);
});
