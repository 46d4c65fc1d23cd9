import { expect, test } from 'vitest';
import { shareInFlight } from '../../src/adapters/in-flight.ts';
import { memoise } from '../../src/adapters/memoise.ts';

function counted(answers: readonly (() => Promise<string>)[]) {
  const asked: string[] = [];
  const read = (name: string) => {
    const answer = answers[asked.push(name) - 1];
    if (!answer) throw new Error(`asked too often: ${asked}`);
    return answer();
  };
  return { asked, read };
}

test('a read is done once per arguments, also by callers at the same time', async () => {
  const { asked, read } = counted([async () => 'one', async () => 'two']);
  const remembered = memoise(read);
  expect(await Promise.all([remembered('a'), remembered('a'), remembered('b')])).toEqual(['one', 'one', 'two']);
  expect(await remembered('a')).toBe('one');
  expect(asked).toEqual(['a', 'b']);
});

test('a failure is forgotten, so that the next caller asks again', async () => {
  const { read } = counted([() => Promise.reject(new Error('busy')), async () => 'fine']);
  const remembered = memoise(read);
  await expect(remembered('a')).rejects.toThrow('busy');
  expect(await remembered('a')).toBe('fine');
});

test('work in flight is shared, and done again afterwards', async () => {
  const { asked, read } = counted([async () => 'one', async () => 'two']);
  const shared = shareInFlight(read);
  expect(await Promise.all([shared('a'), shared('a')])).toEqual(['one', 'one']);
  expect(await shared('a')).toBe('two');
  expect(asked).toEqual(['a', 'a']);
});
