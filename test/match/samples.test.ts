import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toAmi } from '../../src/adapters/aws/to-ami.ts';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import type { Analysis, BaseMatch } from '../../src/model/index.ts';
import { EXPECTED } from './fixtures/expected.ts';
import { CATALOG, image, matched, TODAY } from './told.ts';

const RECORDS = join(import.meta.dirname, '../analyze/fixtures');

function analysed(id: string): Analysis {
  const { image: record } = JSON.parse(readFileSync(join(RECORDS, `${id}.json`), 'utf8'));
  return { kind: 'Analysis', schemaVersion: 1, image: id, ...judgeAmi(toAmi(record, 'eu-west-1'), [], CATALOG, TODAY) };
}

function firstImage({ candidates }: BaseMatch): string | undefined {
  return candidates.map(image)[0];
}

describe('real AMIs, from the record to the base', () => {
  test.each(EXPECTED)('$id $why', ({ id, verdicts, bases, generations, mustWarn }) => {
    const match = matched(analysed(id));
    expect(verdicts).toContain(match.verdict);
    expect(bases.length === 0 ? [undefined] : bases).toContain(firstImage(match));
    expect(generations).toContain(match.candidates[0]?.generation);
    expect(match.issues.map(({ code }) => code)).toEqual(expect.arrayContaining([...mustWarn]));
  });
});
