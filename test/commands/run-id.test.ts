import { expect, test } from 'vitest';
import { askedFor, newRunId } from '../../src/commands/run-id.ts';

test('a run is named by its start', () => {
  expect(newRunId(new Date('2026-11-21T08:15:02.123Z'))).toMatch(/^20261121t081502-[0-9a-f]{4}$/);
});

test.each([
  [['web'], undefined, ['web'], undefined],
  [['web'], true, ['web'], true],
  [['web'], '20261121t081502-3f9a', ['web'], '20261121t081502-3f9a'],
  [['db'], 'web', ['web', 'db'], true],
  [[], 'web', ['web'], true],
] as const)('names %j with --resume %j', (names, resume, asked, resumed) => {
  const flags = resume === undefined ? {} : { resume };
  expect(askedFor<{ resume?: true | string }>(names, flags)).toEqual({
    names: asked,
    flags: resumed === undefined ? {} : { resume: resumed },
  });
});
