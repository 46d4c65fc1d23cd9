import { expect, test } from 'vitest';
import { toAmi } from '../../src/adapters/aws/to-ami.ts';
import { NO_WISHES } from '../../src/match/index.ts';
import { surveyRecords } from '../../src/survey/index.ts';
import { CATALOG, TODAY } from '../match/told.ts';
import { REAL_AMIS, told } from './real-amis.ts';

const survey = surveyRecords(
  REAL_AMIS.map(({ image }) => toAmi(image, 'us-east-1')),
  CATALOG,
  NO_WISHES,
  TODAY,
);

test('there are as many as a person reads in an hour', () => {
  expect(REAL_AMIS.length).toBeGreaterThan(400);
});

test.each(REAL_AMIS.map(({ image, expected }, index) => ({ name: image.Name, expected, index })))('$name', ({ expected, index }) => {
  const image = survey.images[index];
  expect(image && told(image)).toBe(expected);
});

test('nothing is of high confidence that changes the release, the distribution or a product', () => {
  const certain = survey.images.filter(
    ({ confidence, waveReasons }) => confidence === 'high' && waveReasons.some((text) => text.startsWith('The AMI')),
  );
  expect(certain.map(({ name }) => name)).toEqual([]);
});
