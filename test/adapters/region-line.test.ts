import { expect, test } from 'vitest';
import { regionLine } from '../../src/adapters/console/region-line.ts';

test('regions with what each has come to; a name is no command of a terminal, whatever the cloud calls it', () => {
  expect(
    regionLine([
      { name: 'northeurope', state: 'Completed', progress: 100 },
      { name: 'west\u001b[2J\r\neurope', state: 'Replicating', progress: 39.6 },
      { name: 'uk\u202esouth', state: 'Failed', progress: 3 },
    ]),
  ).toBe('northeurope done, west [2J europe 40%, uk south failed');
});
