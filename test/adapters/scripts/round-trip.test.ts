import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { indexCatalog } from '../../../src/catalog/index-catalog.ts';
import type { Agent } from '../../../src/catalog/schema.ts';
import { parseCheckOutput } from '../../../src/guest/answers.ts';
import { checkTexts, restartedScript } from '../../../src/guest/check-run.ts';
import { shellWord } from '../../../src/guest/quote.ts';
import { agentTable, answerTable, componentTable, provenanceTable } from '../../../src/guest/tables.ts';
import { decideComponents } from '../../../src/plan/decide-components.ts';
import { EMPTY_CATALOG } from '../../fakes/catalog.ts';
import { aPlan } from '../../fakes/values.ts';
import { aComponent } from '../../plan/a-component.ts';
import { rounds } from '../../rounds.ts';
import { installed, LINUX, run, SHELLS } from './shells.ts';

const there = await Promise.all(SHELLS.map(async (shell) => ({ shell, name: shell.join(' '), present: await installed(shell[0]) })));
const folder = await mkdtemp(join(tmpdir(), 'regild-tables-'));
afterAll(() => rm(folder, { recursive: true }));

/** What shells, awk and readers of lines take for something else. */
const PARTS = [
  ...[
    '"',
    "'",
    '`',
    '$',
    '$(id)',
    '${HOME}',
    '\\',
    '\\\\',
    '\\n',
    '\\t',
    '%s',
    '!',
    '*',
    '?',
    '[a-z]',
    '[',
    '{',
    '~',
    '&',
    '|',
    ';',
    '#',
    '<<',
  ],
  ...[
    '\t',
    '\n',
    '\r\n',
    '\r',
    '\u0007',
    '\u007f',
    ' ',
    '  ',
    '-',
    '--',
    '-n',
    '-e',
    '=',
    '0',
    '1e1',
    '0x10',
    'a',
    'é',
    '’',
    '日本',
    '🙂',
    '\u0085',
    '\u2028',
  ],
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  // A lone surrogate is no text that a file could hold.
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).map((text) => text.toWellFormed()),
);
const lists = fc.array(hostile, { minLength: 20, maxLength: 40 });

/** The functions of the leak scan that read the table of agents. */
const agentReader = readFile(`${LINUX}leak-scan.sh`, 'utf8').then((script) =>
  ['agents', 'agent_findings'].map((name) => new RegExp(`^${name}\\(\\) \\{\\n[\\s\\S]*?^\\}$`, 'm').exec(script)?.[0]).join('\n'),
);

/** What a table holds of a value: a control character cannot be in a field. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const kept = (text: string) => text.replace(/[\u0000-\u001f\u007f]/g, ' ');

/** The fields of what the shell printed: each ended by \001, which no table holds, and each row by \002. */
const rowsOf = (stdout: string) =>
  stdout
    .split('\u0002')
    .slice(0, -1)
    .map((row) => row.split('\u0001').slice(0, -1));

function anAgent(change: Pick<Agent, 'title' | 'preparation' | 'identity'>): Agent {
  return { id: 'thing', vendor: 'them', os: 'linux', notes: [], source: ['x'], verified: '2026-10-01', ...change };
}

const SHOW = `show() { printf '%s\\001' "$@"; printf '\\002'; }`;

describe.each(there.filter(({ present }) => present))('read by $name, what was written', ({ shell }) => {
  test('is every value of a component', async () => {
    await fc.assert(
      fc.asyncProperty(lists, async (written) => {
        // The catalog takes no other into a component.
        const values = written.map(kept);
        const component = aComponent({
          title: values[0] ?? '',
          detect: { paths: values, contents: values.map((value) => ({ files: [value], pattern: value })) },
          uninstallers: values,
          edits: values.map((value, index) => ({ files: [value], pattern: value, ...(index % 2 === 0 && { replacement: value }) })),
          removePaths: values,
        });
        const { content } = componentTable(
          'linux',
          indexCatalog({ ...EMPTY_CATALOG, components: [component] }),
          decideComponents('linux', [component], {}).decisions,
        );
        const fields = ['title', 'path', 'content', 'uninstall', 'remove-path', 'delete-line', 'substitute'];
        const text = `${SHOW}\nregild_use_table\nfor field in ${fields.join(' ')}; do regild_each_value thing "$field" show; done; rm "$REGILD_COMPONENTS"`;
        const { stdout } = await run(shell, text, [], content);
        const one = (value: string) => [value, '', ''];
        const two = (value: string) => [value, value, ''];
        expect(rowsOf(stdout)).toEqual([
          ...values.slice(0, 1).map(one),
          ...values.map(one),
          ...values.map(two),
          ...[...values, ...values].map(one),
          ...values.filter((_, index) => index % 2 === 1).map(two),
          ...values.filter((_, index) => index % 2 === 0).map((value) => [value, value, value]),
        ]);
      }),
      { numRuns: rounds(2, 20) },
    );
  });

  test('is every path and expression of an agent, with what its vendor says of it', async () => {
    await fc.assert(
      fc.asyncProperty(lists, async (values) => {
        const [title = '', preparation = '', ...rest] = values;
        const identity = rest.map((value, index) => ({
          ...{ means: (['secret', 'registered', 'unsure'] as const)[index % 3] ?? 'secret', path: `/x${value}` },
          ...(index % 2 === 0 && { pattern: `x${value}` }),
        }));
        const file = agentTable('linux', [anAgent({ title, preparation, identity })]);
        await writeFile(join(folder, file.path), file.content);
        const text = `${SHOW}\nREGILD_HOME=$1\n${await agentReader}\nagent_paths() { show "$@"; }\nagents`;
        const says = kept(`${title}: ${preparation}`);
        expect(rowsOf((await run(shell, text, [folder])).stdout)).toEqual(
          identity.map(({ means, path, pattern = '' }) => [means === 'secret' ? 'block' : 'warn', kept(path), kept(pattern), says]),
        );
      }),
      { numRuns: rounds(2, 20) },
    );
  });

  test('is what somebody answers for, and nothing beside it', async () => {
    const plain = hostile.map((value) => kept(value).replace(/[*?[\]\\]/g, '_'));
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { minLength: 20, maxLength: 40 }), async (items) => {
        const { content } = answerTable(items.map((item, index) => ({ id: `sl-${index}`, item, reason: item })));
        const text = `regild_use_answers\nindex=0\nfor item; do
          if regild_answered "sl-$index" "$item"; then printf y; fi; if regild_answered "sl-$index" "$item."; then printf n; fi
          index=$((index + 1))
        done; rm "$REGILD_ANSWERS"`;
        expect((await run(shell, text, items, content)).stdout).toBe('y'.repeat(items.length));
      }),
      { numRuns: rounds(2, 20) },
    );
  });

  test('is the plan, the base and the AMI, whatever the AMI is called', async () => {
    const { provenance } = aPlan();
    const file = provenanceTable(aPlan({ provenance: { ...provenance, amiId: '-n "$(id)"\t\r\n`x`' } }));
    await writeFile(join(folder, file.path), file.content);
    const text = `${SHOW}\nwhile IFS=$REGILD_TAB read -r field value; do show "$field" "$value"; done <"$1"`;
    expect(rowsOf((await run(shell, text, [join(folder, file.path)])).stdout)).toEqual([
      ['plan', aPlan().digest],
      ['base', 'Canonical:ubuntu-24_04-lts:server:24.04.202611010'],
      ['ami', '-n "$(id)"   `x`'],
    ]);
  });

  test('is what a check says, the other way', async () => {
    const texts = await checkTexts('linux', [], (path) => readFile(`${LINUX}../../${path}`, 'utf8'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          hostile.filter((text) => !text.includes('\0')),
          { minLength: 20, maxLength: 40 },
        ),
        async (details) => {
          const checks = new Map(
            details.map((detail, index) => [`app-${index}`, `check_app_${index}() {\n  fail ${shellWord(detail)}\n}\n`]),
          );
          const text = restartedScript('linux', { ...texts, checks, family: 'debian' }, [...checks.keys()]);
          const { stdout } = await execa(shell[0], [...shell.slice(1), '-c', text], { reject: false });
          expect(parseCheckOutput(stdout)).toEqual(
            details.map((detail, index) => ({ id: `app-${index}`, status: 'fail', detail: kept(detail).trim() })),
          );
        },
      ),
      { numRuns: rounds(2, 20) },
    );
  });
});
