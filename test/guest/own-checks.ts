import { appendFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { addedCheckFile } from '../../src/guest/added-check.ts';
import { checkTable } from '../../src/guest/tables.ts';

/**
 * Checks as `checks.add` of a manifest has them, asked at every stage: one that passes and one that fails, without blocking.
 * `node own-checks.ts <guest folder>` puts them into a guest as a plan would.
 */
const SCRIPTS = {
  'suite-passes': 'test "$(id -u)" -eq 0\ntest -s /etc/os-release',
  'suite-fails': 'echo seen\nfalse\necho never',
} as const;

export const OWN_CHECKS = Object.entries(SCRIPTS).map(([id, script]) => ({
  id,
  severity: 'warn' as const,
  added: true as const,
  stages: ['guest', 'test-vm', 'restarted'] as const,
  text: addedCheckFile('linux', { id, timeoutSeconds: 300 }, script).content,
}));

if (basename(process.argv[1] ?? '') === 'own-checks.ts') {
  const [, , folder = '.'] = process.argv;
  for (const { id, text } of OWN_CHECKS) await writeFile(join(folder, 'checks', `${id}.sh`), text);
  await appendFile(join(folder, 'checks.tsv'), checkTable(OWN_CHECKS).content);
}
