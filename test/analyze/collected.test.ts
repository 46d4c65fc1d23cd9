import { describe, expect, test } from 'vitest';
import { toAmi } from '../../src/adapters/aws/to-ami.ts';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import { NOW } from '../fakes/context.ts';
import { catalog } from './catalog.ts';
import { accepted, COLLECTED, FIELDS } from './collected-amis.ts';

const judged = COLLECTED.map((ami) => ({ ...ami, judgement: judgeAmi(toAmi(ami.image, 'us-east-1'), [], catalog, NOW) }));

describe.each(judged)('$id $image.Name: $expected.why', (ami) => {
  test.each(FIELDS)('%s', (field) => {
    expect(accepted(ami, field)).toContain(ami.judgement[field].value ?? null);
  });
});

test('nothing is called certain that the name alone tells', () => {
  const certain = judged.filter(
    ({ image, judgement }) => image.OwnerId === undefined && image.ImageOwnerAlias === undefined && judgement.distro.confidence === 'high',
  );
  expect(certain).toEqual([]);
});
