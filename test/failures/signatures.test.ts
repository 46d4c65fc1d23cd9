import { describe, expect, test } from 'vitest';
import { explain, explainLog, signatureOf } from '../../src/failures/explain.ts';
import { SIGNATURES } from '../../src/failures/signatures/index.ts';

describe('the table', () => {
  test.each(SIGNATURES.map((row) => [row.id, row] as const))('%s: the example leads to its own row', (id, { example }) => {
    expect(signatureOf(example)?.id).toBe(id);
  });

  test('ids are unique, clauses begin in lower case and end without a full stop', () => {
    expect(new Set(SIGNATURES.map(({ id }) => id)).size).toBe(SIGNATURES.length);
    const clauses = SIGNATURES.flatMap(({ cause, cure }) => [cause, cure]);
    expect(
      clauses.filter(
        (clause) =>
          /\.$/.test(clause) || /^[A-Z][a-z]+ /.test(clause.replace(/^(?:Azure|Image|Basic|Sysprep|Packer|Arm64|Windows|Docker)\b/, 'x')),
      ),
    ).toEqual([]);
  });

  test('each row says where its wording was read and when', () => {
    expect(
      SIGNATURES.filter(
        ({ source, verified }) => !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/|$)/.test(source) || !/^2026-\d\d-\d\d$/.test(verified),
      ),
    ).toEqual([]);
  });

  test('what nobody has described stays as it is', () => {
    expect([explain('Something else went wrong'), explainLog(['one', 'two'])]).toEqual([undefined, undefined]);
  });
});

test('a log is explained by its first known line', () => {
  const lines = [
    'SYSPRP ActionPlatform::LaunchModule: Found',
    'SYSPRP BitLocker-Sysprep: BitLocker is on for the OS volume. Turn BitLocker off to run Sysprep. (0x80310039)',
    'IMAGE_STATE_UNDEPLOYABLE',
  ];
  expect(explainLog(lines)).toEqual({ line: lines[1], hint: expect.stringContaining('the system drive is encrypted') });
});
