import { expect, test } from 'vitest';
import { parseManifest } from '../../src/manifest/index.ts';
import { fleetOf, told } from './told.ts';

const ENVIRONMENT = { SITE: 'north', MYTOKEN: 'f3a9c1e7b2', DBPASS: 'Tr0ub4dor', SLACK_WEBHOOK: 'T0/B0/xyz', PGPASSWORD: 'hunter2hunter2' };

const steps = (entry: string) => fleetOf(`  web:\n    ${entry}\n`);

test.each([
  'customize: [{ shell: [\'curl -H "x: ${MYTOKEN}" https://x\'] }]',
  "customize: [{ shell: { lines: ['echo ${DBPASS}'] } }]",
  "customize: [{ file: { from: a, to: '/opt/${SLACK_WEBHOOK}' } }]",
  "checks: { add: [{ id: app, title: app, shell: ['psql ${PGPASSWORD:-x}'] }] }",
])('no value of the environment enters an image unless it is named: %s', (entry) => {
  const name = /\$\{(\w+)/.exec(entry)?.[1] ?? '';
  const said = told(steps(entry), ENVIRONMENT);
  expect(said.map((line) => line.replace(/^\S+ (\S+) \[web\] (environment variable \S+).*$/, '$1 $2'))).toEqual([
    `VARIABLE_UNNAMED environment variable "${name}"`,
  ]);
  for (const value of Object.values(ENVIRONMENT)) expect(said.join()).not.toContain(value);
});

test('what is named is filled in, by the entry, and by the defaults for all', () => {
  const named = steps("variables: [SITE]\n    customize: [{ shell: ['echo ${SITE}'] }]");
  expect(parseManifest(named, 'images.yaml', ENVIRONMENT).specs[0]?.customize).toMatchObject([{ kind: 'shell', lines: ['echo north'] }]);
  const shared = steps("customize: [{ shell: ['echo ${SITE}'] }]").replace('defaults:\n', 'defaults:\n  variables: [SITE]\n');
  expect(told(shared, ENVIRONMENT)).toEqual([]);
});

test('the steps of the defaults may hold what the defaults name, and nothing that an image names', () => {
  const text = steps('variables: [SITE]').replace('defaults:\n', "defaults:\n  customize: [{ shell: ['echo ${SITE}'] }]\n");
  expect(told(text, ENVIRONMENT).map((line) => line.split(' ')[1])).toEqual(['VARIABLE_UNNAMED']);
});

test('braces of a shell that are written twice are no variable, and places beside steps need no name', () => {
  expect(told(steps("tags: { site: '${SITE}' }\n    customize: [{ shell: ['echo $${SITE} $SITE'] }]"), ENVIRONMENT)).toEqual([]);
});

test('naming a secret does not make it one that may be shown', () => {
  const text = steps("variables: [API_TOKEN]\n    customize: [{ shell: ['echo ${API_TOKEN}'] }]");
  expect(told(text, { API_TOKEN: 'f3a9c1e7b2' }).map((line) => line.split(' ')[1])).toEqual(['SECRET_IN_MANIFEST']);
});

test('a secret of the environment that was written out is refused, wherever it stands', () => {
  const text = steps("tags: { site: f3a9c1e7b2 }\n    customize: [{ shell: ['login f3a9c1e7b2'] }]");
  const said = told(text, { DEPLOY_TOKEN: 'f3a9c1e7b2' });
  expect(said.map((line) => line.split(' ')[1])).toEqual(['SECRET_IN_MANIFEST', 'SECRET_IN_MANIFEST']);
  expect(said.join()).not.toContain('f3a9c1e7b2');
});
