import { expect, test } from 'vitest';
import { compileTemplate } from '../../src/engines/handlebars.ts';
import { RegildError } from '../../src/errors.ts';

const fill = (text: string, view: object) => compileTemplate({ path: 't.hbs', text }, { json: JSON.stringify })(view);

test('prints values through the encoder', () => {
  const source = '{{#each items}}{{json name}}{{#if @last}}{{else}}, {{/if}}{{/each}}{{#if no}}never{{/if}}';
  expect(fill(source, { items: [{ name: 'a"<' }, { name: 'b' }], no: null })).toBe('"a\\"<", "b"');
});

test.each([
  '{{json nmae}}',
  '{{#if nmae}}x{{/if}}',
  '{{#each nmae}}x{{/each}}',
  '{{#each items}}{{#if nmae}}x{{/if}}{{/each}}',
  '{{json inner.nmae}}',
])('a name that the view lacks throws in %s', (source) => {
  const view = { name: 'a', items: [{ name: 'b' }], inner: {} };
  expect(() => fill(source, view)).toThrow(RegildError);
  expect(() => fill(source, view)).toThrow(/the template t\.hbs cannot be filled in: .*nmae/);
});

test('only known encoders exist', () => {
  expect(() => fill('{{shout name}}', { name: 'a' })).toThrow('cannot be filled in');
});
