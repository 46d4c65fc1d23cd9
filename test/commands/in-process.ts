import { readFileSync } from 'node:fs';
import { setDefaultCACertificates } from 'node:tls';
import { runWords } from '../../src/commands/run-words.ts';
import type { Call, Finished } from './command-line.ts';
import { fakeIo } from './fake-io.ts';

/**
 * Runs words as `regild` of command-line.ts does, in this process: for everything that needs no process of its own. One at a time, since the SDKs read the
 * environment of the process.
 */
export async function answer(words: readonly string[], { folder, environment = {} }: Omit<Call, 'onStderr'>): Promise<Finished> {
  const own = { ...process.env };
  const { PATH, REGILD_CATALOG } = own;
  Object.assign(process.env, { HOME: folder, ...environment });
  const { NODE_EXTRA_CA_CERTS: authority } = environment;
  if (authority !== undefined) setDefaultCACertificates([readFileSync(authority, 'utf8')]);
  const { io, stdout, stderr } = fakeIo(folder, { PATH, HOME: folder, REGILD_CATALOG, REGILD_SANDBOX_STATE: 'none', ...environment });
  try {
    return { code: await runWords(words, io), stdout: stdout(), stderr: stderr() };
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, own);
  }
}
