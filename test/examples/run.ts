import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWords } from '../../src/commands/run-words.ts';

/**
 * Builds every manifest of docs/examples in the sandbox, one after the other in this process: starting one for each would cost more than the builds. Ends
 * with 1 where one does not end with 0, and prints what it said.
 */
const EXAMPLES = join(import.meta.dirname, '../../docs/examples');
const runs = mkdtempSync(join(tmpdir(), 'regild-examples-'));
const failed: string[] = [];
for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith('.yaml'))) {
  const said: string[] = [];
  const say = (text: string) => said.push(text) > 0;
  const code = await runWords(['build', '--manifest', join(EXAMPLES, file), '--sandbox', '--runs', runs, '--no-cache'], {
    environment: { REGILD_SANDBOX_SPEED: '5000', PATH: process.env.PATH },
    folder: runs,
    out: say,
    tell: say,
    diagnostics: { write: say } as unknown as NodeJS.WriteStream,
    interactive: false,
    color: false,
    signal: new AbortController().signal,
    now: () => new Date(),
  });
  process.stdout.write(`${file}: ${code === 0 ? 'built' : `exit code ${code}\n${said.join('')}`}\n`);
  if (code !== 0) failed.push(file);
}
rmSync(runs, { recursive: true });
process.exitCode = failed.length === 0 ? 0 : 1;
