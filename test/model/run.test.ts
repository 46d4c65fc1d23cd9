import { expect, test } from 'vitest';
import { isRunId, parseTime, runIdOf, runTime } from '../../src/model/index.ts';

test('the id of a run tells when it began', () => {
  const id = runIdOf(new Date('2026-11-21T08:15:02.345Z'), '3f9a');
  expect([id, runTime(id)]).toEqual(['20261121t081502-3f9a', new Date('2026-11-21T08:15:02Z')]);
});

test.each(['web', '20261121t081502', '20261121t081502-3f9', '20261121t081502-3f9az', '20261121T081502-3f9a', '20261321t081502-3f9a', ''])(
  '%j is no run',
  (text) => expect([isRunId(text), runTime(text)]).toEqual([false, undefined]),
);

test.each(['2026-11-21', '2026-11-21T08:15Z', '2026-11-21T08:15:02+01:00', '2026-13-21T08:15:02Z', 'yesterday', undefined])(
  '%j is no time in full',
  (text) => expect(parseTime(text)).toBeUndefined(),
);
