import { expect, test } from 'vitest';
import { ImageReport, STAGES, Stage, stageOfArtifact } from '../../src/model/index.ts';

test('the table of stages is in the order of the walk, and each field is one of the report', () => {
  expect(Object.keys(STAGES)).toEqual(Stage.options);
  expect(Object.values(STAGES).map(({ file }) => file)).toEqual(
    Object.values(STAGES)
      .map(({ file }) => file)
      .toSorted(),
  );
  const fields: readonly string[] = Object.keys(ImageReport.unwrap().shape);
  expect(Object.values(STAGES).filter(({ field }) => !fields.includes(field))).toEqual([]);
  expect(Object.values(STAGES).map(({ artifact }) => stageOfArtifact(artifact)?.artifact)).toEqual(
    Object.values(STAGES).map(({ artifact }) => artifact),
  );
  expect(stageOfArtifact('Report')).toBeUndefined();
});
