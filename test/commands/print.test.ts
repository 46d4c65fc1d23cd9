import { expect, test } from 'vitest';
import { printAll } from '../../src/commands/print.ts';
import { fakeIo } from './fake-io.ts';

/** Four pieces, before the third of which a signal is on its way. */
function* pieces(controller: AbortController): Generator<string> {
  yield 'a';
  yield 'b';
  setImmediate(() => controller.abort('SIGINT'));
  yield 'c';
  yield 'd';
}

test('a result is printed whole', async () => {
  const heard = fakeIo('/nowhere');
  await printAll(pieces(new AbortController()), 'html', heard.io);
  expect(heard.stdout()).toBe('abcd');
});

test('a signal ends it between two pieces', async () => {
  const controller = new AbortController();
  const heard = fakeIo('/nowhere');
  await expect(printAll(pieces(controller), 'text', { ...heard.io, signal: controller.signal })).rejects.toBe('SIGINT');
  expect(heard.stdout()).toBe('abc');
});

test('what a run has to say that was cancelled before is said', async () => {
  const controller = new AbortController();
  controller.abort('SIGINT');
  const heard = fakeIo('/nowhere');
  await printAll(pieces(controller), 'json', { ...heard.io, signal: controller.signal });
  expect(heard.stdout()).toBe('abcd');
});
