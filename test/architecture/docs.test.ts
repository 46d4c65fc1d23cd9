import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { VERBS } from '../../src/commands/verbs.ts';
import { guestSteps } from '../../src/guest/row.ts';
import { EXIT_MEANINGS, ExitCode } from '../../src/model/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
    .sort(),
];
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

test("the README's table of verbs is the program's own list", () => {
  const rows = VERBS.map(({ name, summary }) => `| \`${name}\` | ${summary} |`).join('\n');
  expect(read('README.md')).toContain(`| verb | does |\n|---|---|\n${rows}\n`);
});

test("the README's table of exit codes is the program's own", () => {
  const rows = Object.entries(EXIT_MEANINGS).map(([name, means]) => `| ${ExitCode[name as keyof typeof ExitCode]} | ${means} |`);
  expect(read('README.md')).toContain(`| exit code | meaning |\n|---|---|\n${rows.join('\n')}\n\n`);
});

test.each(['linux', 'windows'] as const)("the row of steps in the guest is the program's own: %s", (os) => {
  const rows = guestSteps(os).map(({ phase, title, script, arguments: words, restartBefore }) => {
    const what = restartBefore ? `restart, then ${title}` : title;
    return `| ${phase} | ${what} | \`${[basename(script), ...words].join(' ')}\` |`;
  });
  expect(read('docs/explanation/guest.md')).toContain(`| phase | what | script |\n|---|---|---|\n${rows.join('\n')}\n\n`);
});

test.each(DOCUMENTS)('the links of %s lead somewhere', (document) => {
  const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
  expect(links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))).toEqual([]);
});

test.each(DOCUMENTS)('the paths that %s names exist', (document) => {
  const paths = [...read(document).matchAll(/`((?:src|test|docs|scripts|packer-templates)\/[A-Za-z0-9._/-]+)`/g)].map(
    ([, path]) => path ?? '',
  );
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
