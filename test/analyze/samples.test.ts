import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { toAmi } from '../../src/adapters/aws/to-ami.ts';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import { warningCode } from '../../src/analyze/warning-codes.ts';
import { NOW } from '../fakes/context.ts';
import { catalog } from './catalog.ts';

const FIELDS = ['osFamily', 'distro', 'version', 'architecture', 'bootMode', 'licence'] as const;
type Field = (typeof FIELDS)[number];

/** A real DescribeImages record with what a competent engineer says of it; `alsoAccept` holds answers that are as good. */
interface Sample {
  readonly id: string;
  readonly why: string;
  readonly image: Image;
  readonly expected: Readonly<Record<Field, string | null>>;
  readonly alsoAccept: Readonly<Partial<Record<Field, readonly (string | null)[]>>>;
  readonly mustWarn: readonly string[];
  readonly shouldWarn: readonly string[];
}

/** Warnings that match gives, since they speak of releases and bases. */
const OF_MATCH: ReadonlySet<string> = new Set(['eol-source', 'no-azure-equivalent', 'byos-plan']);

const folder = join(import.meta.dirname, 'fixtures');
const samples: readonly Sample[] = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));

describe.each(samples)('$id: $why', ({ image, expected, alsoAccept, mustWarn, shouldWarn }) => {
  const judgement = judgeAmi(toAmi(image, 'us-east-1'), [], catalog, NOW);

  test.each(FIELDS)('%s', (field) => {
    expect([expected[field], ...(alsoAccept[field] ?? [])]).toContain(judgement[field].value ?? null);
  });

  test('warns of what must be known', () => {
    const warnings = judgement.issues.map(({ code }) => warningCode(code));
    expect(warnings).toEqual(expect.arrayContaining([...mustWarn, ...shouldWarn].filter((warning) => !OF_MATCH.has(warning))));
  });
});
