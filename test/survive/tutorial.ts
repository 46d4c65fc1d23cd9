import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import publish from '../published-program.ts';

/**
 * Runs docs/tutorial/life.md as it stands: the lines of its blocks one after another, each a process of its own, in one folder with nothing in its environment. What a
 * block shows has to be printed by the commands before it, in that order; figures may differ.
 */
const remove = await publish();
const { inFolder, regild, ROOT } = await import('../commands/command-line.ts');

/** As a user has it, but for the hours that a build takes. */
const ENVIRONMENT = { REGILD_SANDBOX_STATE: '', REGILD_SANDBOX_SPEED: '5000' };

interface Block {
  readonly kind: string;
  readonly lines: readonly string[];
}

function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind = '', text = '']) => ({
    kind,
    lines: text.trimEnd().split('\n'),
  }));
}

/** A line without its figures, its spaces and its drawing. */
function shape(line: string): string {
  return line
    .replace(/\d+/g, '0')
    .replace(/[\s└├─│]+/g, ' ')
    .trim();
}

async function say(line: string, folder: string, before: string): Promise<string> {
  const [command = '', remark = ''] = line.split(/ +# /);
  const [program, ...words] = command.split(' ').map((word) => (word === 'VERSION' ? newest(before) : word));
  assert.equal(program, 'regild', line);
  const { code, stdout, stderr } = await regild(words, { folder, environment: ENVIRONMENT });
  const wanted = Number(/exits with (\d+)/.exec(remark)?.[1] ?? 0);
  assert.equal(code, wanted, `${line} ended with ${code}, not ${wanted}\n${stdout}${stderr}`);
  return stdout;
}

function newest(status: string): string {
  const [version] = /\d{4}\.\d+\.\d+/.exec(status) ?? [];
  assert.ok(version, `no version in\n${status}`);
  return version;
}

/** Each shown line stands in a later line of what was said than the one before it. */
function requireShown(shown: readonly string[], said: string): void {
  let rest = said.split('\n').map(shape);
  for (const line of shown) {
    const at = rest.findIndex((candidate) => candidate.includes(shape(line)));
    assert.ok(at >= 0, `the page shows ${JSON.stringify(line)}, and this was said:\n${said}`);
    rest = rest.slice(at + 1);
  }
}

try {
  const blocks = blocksOf(await readFile(join(ROOT, 'docs/tutorial/life.md'), 'utf8'));
  await inFolder({}, async (folder) => {
    let said = '';
    let status = '';
    for (const { kind, lines } of blocks) {
      if (kind === 'sh') said = '';
      for (const line of lines) {
        if (kind === 'yaml') await appendFile(join(folder, 'images.yaml'), `${line}\n`);
        if (kind !== 'sh') continue;
        const printed = await say(line, folder, status);
        if (line === 'regild status') status = printed.split('\n').slice(1).join('\n');
        said += printed;
      }
      if (kind === 'text') requireShown(lines, said);
    }
  });
  const commands = blocks.flatMap(({ kind, lines }) => (kind === 'sh' ? lines : []));
  assert.ok(commands.length >= 20);
  process.stdout.write(`the tutorial: ${commands.length} commands\n1 passed, 0 failed, 0 skipped\n`);
} finally {
  await remove();
}
