import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseManifest } from '../../src/manifest/index.ts';
import { interpolate } from '../../src/manifest/interpolate.ts';
import { fleetOf, told } from './told.ts';

const environment = { NAME: 'value', EMPTY: '', NESTED: '${NAME}', EVIL: '"}]\nengine: packer' };

test.each([
  ['${NAME}', 'value'],
  ['a${NAME}b${NAME}', 'avaluebvalue'],
  ['${EMPTY}', ''],
  ['${EMPTY:-default}', 'default'],
  ['${UNSET:-default}', 'default'],
  ['${UNSET:-}', ''],
  ['${NAME:-default}', 'value'],
  ['$${NAME}', '${NAME}'],
  ['$${UNSET}', '${UNSET}'],
  ['${NESTED}', '${NAME}'],
  ['${UNSET}', '${UNSET}'],
  ['$NAME $(date) ${x%y} ${env("PATH")} %{ if } {{ .Vars }}', '$NAME $(date) ${x%y} ${env("PATH")} %{ if } {{ .Vars }}'],
  ['${toString:-own}', 'own'],
])('%j becomes %j', (text, expected) => {
  expect(interpolate(text, environment)).toBe(expected);
});

test('text without `${` stays as it is, and keys always do', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (key, text) => {
      fc.pre(!text.includes('${'));
      expect(interpolate(Object.fromEntries([[key, [text]]]), environment)).toEqual(Object.fromEntries([[key, [text]]]));
    }),
  );
});

test('a variable cannot bring in keys or lists', () => {
  const { specs, issues } = parseManifest(fleetOf('  web: { tags: { note: "${EVIL}" } }\n'), 'images.yaml', environment);
  expect(issues).toEqual([]);
  expect(specs.map(({ engine, tags }) => ({ engine, tags }))).toEqual([{ engine: 'auto', tags: { note: '"}]\nengine: packer' } }]);
});

test('a variable that is not set is told once, not also as a wrong value', () => {
  expect(told(fleetOf('  web: { target: { gallery: "${GALLERY}" } }\n'))).toEqual([
    '6:29 VARIABLE_MISSING [web] environment variable "GALLERY" in target.gallery is not set | set it, give a default as in ${GALLERY:-value}, or write $${GALLERY} for the text itself',
  ]);
});

test('what a variable holds is checked like any value', () => {
  expect(told(fleetOf('  web: { engine: "${ENGINE}" }\n'), { ENGINE: 'vagrant' })).toEqual([
    '6:18 VALUE_INVALID [web] engine "vagrant" is not one of auto, packer, image-builder | undefined',
  ]);
});

test('hostile text reaches the spec unchanged', () => {
  const hostile = '"; rm -rf / # `id` \u001b[31m </script> %{ for x in y } \u202e';
  const text = fleetOf(`  web: { source: { owner: self, name: ${JSON.stringify(hostile)} } }\n`).replace(
    'ami: ami-0123456789abcdef0, ',
    '',
  );
  expect(parseManifest(text, 'images.yaml', {}).specs[0]?.source).toEqual({
    kind: 'search',
    owner: 'self',
    name: hostile,
    region: 'eu-west-1',
  });
});
