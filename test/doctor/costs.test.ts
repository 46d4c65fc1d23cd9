import { expect, test } from 'vitest';
import { withCost } from '../../src/doctor/index.ts';
import { Checkup } from '../../src/model/index.ts';
import { renderDiagnosis } from '../../src/report/diagnosis.ts';

const ids = Checkup.unwrap().shape.id.options;
const checkup = (id: Checkup['id'], status: Checkup['status']): Checkup => ({ id, title: 'thing', status, detail: 'd', hint: 'do it' });

test.each(ids)('what %s costs to mend is said where it has to be, and nowhere else', (id) => {
  const told = (['fail', 'warn', 'unknown', 'pass'] as const).map((status) => withCost(checkup(id, status)).cost);
  expect(told).toEqual([expect.stringMatching(/^nothing/), told[0], told[0], undefined]);
});

test('it stands below the hint', () => {
  const diagnosis = { kind: 'Diagnosis', schemaVersion: 1, checkups: [withCost(checkup('providers', 'fail'))], fixed: [] } as const;
  expect(renderDiagnosis(diagnosis, 'text')).toBe(
    'missing  thing  d\n                hint: do it\n                cost: nothing; it takes minutes\n1 of 1 things are missing; mend them and call `regild doctor` again\n',
  );
});
