import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { EXAMPLES } from '../../src/commands/examples.ts';
import { calledVerbs, createProgram } from '../../src/commands/program.ts';
import { VERBS } from '../../src/commands/verbs.ts';
import { fakeIo } from './fake-io.ts';

/** What the real command line makes of words, without doing what they ask for. */
async function parse(words: readonly string[]) {
  const { io, stdout, stderr } = fakeIo('/');
  let asked = 0;
  const run = async () => {
    asked += 1;
  };
  const program = await createProgram({ verbs: calledVerbs(words), io, run });
  const thrown = await program.parseAsync(words, { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { asked, exit: thrown instanceof CommanderError ? thrown.exitCode : undefined, stdout: stdout(), stderr: stderr() };
}

const names = VERBS.map(({ name }) => name);

test('every verb has three examples, and nothing else has', () => {
  const counted = Object.fromEntries(Object.entries(EXAMPLES).map(([verb, examples]) => [verb, examples.length]));
  expect(counted).toEqual(Object.fromEntries(names.map((name) => [name, 3])));
});

test.each(Object.entries(EXAMPLES))('the examples of %s are its own, differ, and the command line takes each', async (verb, examples) => {
  expect(new Set(examples.map(({ words }) => words.join(' '))).size).toBe(3);
  for (const { words } of examples) {
    expect([words[0], await parse(words)]).toEqual([verb, { asked: 1, exit: undefined, stdout: '', stderr: '' }]);
  }
});

test('a word that is no option of a verb is noticed by the same parser', async () => {
  expect(await parse(['build', '--dry-rum'])).toMatchObject({ asked: 0, exit: 1 });
});

test.each(names)('`help %s` is the page of `--help`, with options and examples', async (name) => {
  const [byHelp, byFlag] = [await parse(['help', name]), await parse([name, '--help'])];
  expect(byHelp).toEqual({ ...byFlag, asked: 0, exit: 0, stderr: '' });
  const [first] = EXAMPLES[name];
  expect(byHelp.stdout).toContain(`\nExamples:\n  $ regild ${first?.words.join(' ')}\n      ${first?.does}\n`);
});

test('`help build` names the arguments and options that it takes', async () => {
  const { stdout } = await parse(['help', 'build']);
  for (const word of ['Usage: regild build [options] [images...]', '--dry-run', '--resume [run]', '--until <stage>'])
    expect(stdout).toContain(word);
});

test('the verb is found behind help and options', () => {
  expect([['build'], ['help', 'build'], ['help'], ['--help'], ['--help', 'build'], []].map(calledVerbs)).toEqual([
    ['build'],
    ['build'],
    [],
    [],
    ['build'],
    [],
  ]);
});

test('help of a verb that does not exist is wrong use, with the nearest one', async () => {
  const { exit, stdout, stderr } = await parse(['help', 'bulid']);
  expect([exit, stdout]).toEqual([1, '']);
  expect(stderr).toContain("error: unknown command 'bulid'\n(did you mean `build`?)\n");
});

test('`help environment` names the variables that are read', async () => {
  const { exit, stdout } = await parse(['help', 'environment']);
  expect([exit, stdout.includes('\n  REGILD_RUNS\n      where run folders are kept, as `--runs`\n')]).toEqual([undefined, true]);
});

test('help by itself is the list of verbs', async () => {
  const [alone, flag] = [await parse(['help']), await parse(['--help'])];
  expect(alone).toEqual(flag);
  for (const { summary } of VERBS.slice(0, 1)) expect(alone.stdout.replaceAll(/\s+/g, ' ')).toContain(summary);
});
