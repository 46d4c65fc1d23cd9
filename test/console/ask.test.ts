import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askOnTerminal, NOBODY } from '../../src/adapters/console/ask.ts';

function terminal(signal = new AbortController().signal) {
  const input = new PassThrough();
  const output = new PassThrough();
  const said: string[] = [];
  output.on('data', (chunk) => said.push(String(chunk)));
  const view: string[] = [];
  const operator = askOnTerminal({
    input: () => input,
    stream: output as unknown as NodeJS.WriteStream,
    view: { pause: () => void view.push('still'), resume: () => void view.push('drawing') },
    signal,
  });
  return { input, said, view, operator };
}

test.each([
  ['y', true],
  ['YES', true],
  ['n', false],
  ['', false],
  ['yep', false],
])('%j answers %s, and the view stands still meanwhile', async (typed, answer) => {
  const { input, said, view, operator } = terminal();
  const asked = operator.confirm('Keep it?');
  input.write(`${typed}\n`);
  expect([await asked, said.join(''), view]).toEqual([answer, 'Keep it? [y/N] ', ['still', 'drawing']]);
});

test('two questions are asked one after the other', async () => {
  const { input, said, operator } = terminal();
  const answers = [operator.confirm('First?'), operator.confirm('Second?')];
  expect(said.join('')).toBe('');
  input.write('y\n');
  expect(await answers[0]).toBe(true);
  input.write('n\n');
  expect([await answers[1], said.join('')]).toEqual([false, 'First? [y/N] Second? [y/N] ']);
});

test('an input that ends, a run that is cancelled, and nobody at all give no answer', async () => {
  const ended = terminal();
  const asked = ended.operator.confirm('Keep it?');
  ended.input.end();
  const leaving = new AbortController();
  const cancelled = terminal(leaving.signal).operator.confirm('Keep it?');
  leaving.abort();
  expect(await Promise.all([asked, cancelled, NOBODY.confirm('Keep it?')])).toEqual([undefined, undefined, undefined]);
});
