import { describe, expect, test } from 'vitest';
import { toAmi } from '../../src/adapters/aws/to-ami.ts';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import { warningCode } from '../../src/analyze/warning-codes.ts';
import { accepted, COLLECTED, type CollectedAmi } from '../analyze/collected-amis.ts';
import { CATALOG, image, matched, TODAY } from './told.ts';

const answered = COLLECTED.map((ami) => {
  const analysis = {
    kind: 'Analysis' as const,
    schemaVersion: 1 as const,
    image: ami.id,
    ...judgeAmi(toAmi(ami.image, 'us-east-1'), [], CATALOG, TODAY),
  };
  const match = matched(analysis);
  const warnings = new Set([...analysis.issues, ...match.issues].map(({ code }) => warningCode(code)).filter((code) => code !== undefined));
  return { ...ami, match, warnings };
});

/** What may come first: where the AMI is a product or a service, or was expected to be one, nothing has to. */
function firstBases({ expected: { acceptableBases, alsoAccept } }: CollectedAmi): readonly (string | undefined)[] {
  const none = acceptableBases.length === 0 || (alsoAccept.verdict ?? []).some((verdict) => verdict === 'vendor');
  return [...acceptableBases, ...(none ? [undefined] : [])];
}

describe.each(answered)('$id $image.Name: $expected.why', (ami) => {
  const { match, warnings, expected } = ami;

  test('verdict, first base and generation', () => {
    expect(accepted(ami, 'verdict')).toContain(match.verdict);
    expect(firstBases(ami)).toContain(match.candidates.map(image)[0]);
    expect(accepted(ami, 'generation')).toContain(match.candidates[0]?.generation ?? null);
  });

  test('warnings: all that are needed and none that is not', () => {
    const wanted = [...expected.mustWarn, ...expected.shouldWarn];
    expect([...warnings]).toEqual(expect.arrayContaining(wanted));
    expect([...warnings].filter((code) => ![...wanted, ...expected.mayWarn].includes(code))).toEqual([]);
  });
});
