import { Command as Program } from 'commander';
import { expect, test } from 'vitest';
import { bashCompletion } from '../../src/commands/completion/bash.ts';
import { fishCompletion, fishWord } from '../../src/commands/completion/fish.ts';
import { powershellCompletion } from '../../src/commands/completion/powershell.ts';
import { type CompletedVerb, completedVerbs } from '../../src/commands/completion/table.ts';
import { zshCompletion } from '../../src/commands/completion/zsh.ts';
import { createProgram } from '../../src/commands/program.ts';
import { VERBS } from '../../src/commands/verbs.ts';
import { inFolder, run } from './command-line.ts';
import { call, fakeIo } from './fake-io.ts';

const HOSTILE = 'it\'s `touch a` $(touch b) "c" ; ${d}:e';
const ODD: readonly CompletedVerb[] = [
  {
    name: 'odd',
    summary: HOSTILE,
    options: [
      { flags: ['--word', '-w'], description: HOSTILE, value: [HOSTILE, 'plain'] },
      { flags: ['--file'], description: 'a file', value: 'any' },
    ],
    words: ['sub'],
    images: true,
  },
];

const every = await createProgram({ verbs: VERBS.map(({ name }) => name), io: fakeIo('/').io, run: async () => undefined }).then(
  completedVerbs,
);

/** What bash offers for words, the last of them half typed; `regild` is a program that names these images. */
async function offered(script: string, words: readonly string[], images = ''): Promise<readonly string[]> {
  const text = `regild() { printf %s "$IMAGES"; }\n${script}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _regild; printf '%s\\n' "\${COMPREPLY[@]}"; ls`;
  return inFolder({}, async (folder) => {
    const { code, stdout, stderr } = await run('bash', ['-c', text, 'bash', 'regild', ...words], {
      folder,
      environment: { IMAGES: images },
    });
    expect([code, stderr]).toEqual([0, '']);
    return stdout.split('\n').filter((line) => line !== '');
  });
}

test('the table is the command line itself: verbs, options, values, words, and who takes images', () => {
  expect(every.map(({ name }) => name)).toEqual([...VERBS.map(({ name }) => name), 'help']);
  const build = every.find(({ name }) => name === 'build');
  expect([build?.images, build?.words]).toEqual([true, []]);
  expect(build?.options.filter(({ flags }) => ['--until', '--manifest', '--json', '--resume'].includes(flags[0] ?? ''))).toEqual([
    { flags: ['--manifest', '-f'], description: 'the manifest', value: 'any' },
    { flags: ['--json'], description: 'print the report as JSON on stdout', value: 'none' },
    {
      flags: ['--resume'],
      description: 'continue at its last artifact: the run that is named, or the last one that left these images unfinished',
      value: 'none',
    },
    { flags: ['--until'], description: 'where to stop', value: ['build', 'validate', 'publish'] },
  ]);
  expect(every.find(({ name }) => name === 'catalog')?.words).toEqual(['list', 'check', 'stale', 'show']);
});

test('options that sub-verbs share are offered once', () => {
  const program = new Program();
  const verb = program.command('v');
  verb.command('a').option('--json', 'x');
  verb.command('b').option('--json', 'x').option('--more', 'y');
  expect(completedVerbs(program)[0]?.options.map(({ flags }) => flags)).toEqual([['--json'], ['--more']]);
});

test.each([
  ['a verb', ['pub'], '', ['publish']],
  ['an option', ['build', '--dr'], '', ['--dry-run']],
  ['the values of an option', ['build', '--until', ''], '', ['build', 'validate', 'publish']],
  ['image names, beside nothing else that begins so', ['build', 'we'], 'web-golden\nworker\n', ['web-golden']],
  ['a sub-verb', ['catalog', 'sh'], '', ['show']],
  ['nothing where a file follows', ['plan', '-f', ''], 'web-golden\n', []],
])('bash completes %s', async (_what, words, images, expected) => {
  expect(await offered(bashCompletion(every), words, images)).toEqual(expected);
});

test('bash runs nothing that stands in a value or a name', async () => {
  expect(await offered(bashCompletion(ODD), ['odd', '--word', ''])).toEqual([HOSTILE, 'plain']);
  expect(await offered(bashCompletion(ODD), ['odd', ''], '$(touch x)\n')).toEqual(['sub', '--word', '-w', '--file', '$(touch x)']);
});

test('fish: every value is one word in single quotes', () => {
  expect(fishWord("a'b\\c$d")).toBe("'a\\'b\\\\c$d'");
  const hostile = fishWord(HOSTILE);
  expect(fishCompletion(ODD)).toBe(`# regild: regild completion fish | source
complete -c regild -f -n __fish_use_subcommand -a 'odd' -d ${hostile}
complete -c regild -n '__fish_seen_subcommand_from odd' -f -a ${fishWord("'sub'")}
complete -c regild -n '__fish_seen_subcommand_from odd' -f -a '(regild completion images 2>/dev/null)'
complete -c regild -n '__fish_seen_subcommand_from odd' -l 'word' -s 'w' -x -a ${fishWord(`${hostile} 'plain'`)} -d ${hostile}
complete -c regild -n '__fish_seen_subcommand_from odd' -l 'file' -r -d 'a file'
`);
});

test('zsh: a colon ends the word of an item, and every item is one word of the shell', () => {
  const script = zshCompletion([
    { name: 'odd', summary: "it's", options: [{ flags: ['--a:b'], description: 'x', value: ["c'd"] }], words: [], images: false },
  ]);
  expect(script.split('\n').filter((line) => /odd|--a/.test(line))).toEqual([
    "    described=('odd:it'\\''s')",
    "    odd:--a:b) compadd -- 'c'\\''d'; return ;;",
    '    odd)',
    "      described=('--a\\:b:x')",
  ]);
});

test('PowerShell: every value is a single-quoted string, and typographic quotes end none', () => {
  const script = powershellCompletion([
    { name: 'odd', summary: 'it’s $x', options: [{ flags: ['-w'], description: '', value: ["c'd"] }], words: [], images: true },
  ]);
  expect(script.split('\n').filter((line) => line.includes("'odd"))).toEqual([
    "    ,@('odd', 'it’’s $x')",
    "    'odd:-w' = @(,@('c''d', '-w'))",
    "    'odd' = @(,@('-w', '-w'))",
    "  $images = @('odd')",
  ]);
});

test('images: names that may stand there, of a manifest that has other faults too; nothing where there is none', async () => {
  const { completionVerb } = await import('../../src/commands/completion.ts');
  const text = 'version: 1\nimages:\n  web: { generation: V9 }\n  "$(touch x)": {}\n  db: {}\n';
  await inFolder({ 'images.yaml': text }, async (folder) => {
    const heard = fakeIo(folder);
    expect([await call(completionVerb, ['images'], heard), heard.stdout()]).toEqual([0, 'web\ndb\n']);
    const none = fakeIo(folder);
    expect([await call(completionVerb, ['images', '-f', 'nope.yaml'], none), none.stdout(), none.stderr()]).toEqual([0, '', '']);
  });
});
