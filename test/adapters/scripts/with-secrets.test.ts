import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { secretList } from '../../../src/guest/steps/secrets.ts';
import { placePrograms } from '../../fakes/programs.ts';
import { installed, LINUX, SHELLS } from './shells.ts';

const VAULT = 'https://kv-images.vault.azure.net/secrets';
const IDENTITY = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id';
const there = await Promise.all(SHELLS.map(async (shell) => ({ shell, name: shell.join(' '), present: await installed(shell[0]) })));

/** A curl that writes down its arguments and what it is told by standard input, and answers like the metadata service and Key Vault. */
const CURL = `#!/bin/sh
told=$(cat)
printf '%s\\n' "$*" >>"$LOGS/arguments"
printf '%s\\n' "$told" >>"$LOGS/input"
case $told in
  *'url = "http://169.254.169.254/metadata'*) printf '%s' '{"access_token":"TOKEN-123","expires_in":"86399"}' ;;
  *'/secrets/gone?'*) exit 22 ;;
  *'/secrets/odd?'*) printf '%s' '{"error":"none"}' ;;
  *) printf '%s' '{"value":"p\\"a\\\\ss\\n\\u00e9\\ud83d\\ude00 $HOME \`id\`\\n","id":"x"}' ;;
esac
`;
const VALUE = 'p"a\\ss\né😀 $HOME `id`\n';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regild-secrets-'));
  await mkdir(join(folder, 'bin'));
  placePrograms(join(folder, 'bin'), { curl: CURL });
});
afterEach(() => rm(folder, { recursive: true }));

describe.each(there.filter(({ present }) => present))('with-secrets.sh under $name', ({ shell: [program, ...words] }) => {
  async function run(secrets: Readonly<Record<string, string>>, command: readonly string[], identity = IDENTITY) {
    const { path, content } = secretList('step', { secrets, identity });
    const list = join(folder, path);
    await writeFile(list, content);
    return execa(program, [...words, `${LINUX}with-secrets.sh`, identity, list, ...command], {
      reject: false,
      stripFinalNewline: false,
      env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, LOGS: folder },
    });
  }

  test('the command finds each value as it is, in its environment alone', async () => {
    const { stdout, stderr, exitCode } = await run({ DB_PASSWORD: `${VAULT}/db` }, ['sh', '-c', 'printf %s "$DB_PASSWORD"; exit 7']);
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: VALUE, stderr: '', exitCode: 7 });
  });

  test('one token for a vault, by the given identity, past every proxy; nothing of it on an argument list or the disk', async () => {
    await run({ ONE: `${VAULT}/one`, TWO: `${VAULT}/two/${'0'.repeat(32)}` }, ['true']);
    expect((await readFile(join(folder, 'input'), 'utf8')).trimEnd().split('\n')).toEqual([
      `url = "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net&msi_res_id=${IDENTITY}"`,
      'header = "Metadata: true"',
      `url = "${VAULT}/one?api-version=7.4"`,
      'header = "Authorization: Bearer TOKEN-123"',
      `url = "${VAULT}/two/${'0'.repeat(32)}?api-version=7.4"`,
      'header = "Authorization: Bearer TOKEN-123"',
    ]);
    const [token, ...rest] = (await readFile(join(folder, 'arguments'), 'utf8')).trimEnd().split('\n');
    expect([token?.includes('--noproxy *'), rest.some((line) => line.includes('noproxy'))]).toEqual([true, false]);
    expect([token, ...rest].filter((line) => /TOKEN|https?:/.test(line ?? ''))).toEqual([]);
    expect((await readdir(folder)).toSorted()).toEqual(['arguments', 'bin', 'input', 'step.secrets']);
  });

  test('another cloud has another audience, and a machine with one identity needs no name for it', async () => {
    await run({ ONE: 'https://kv-images.vault.azure.cn/secrets/one' }, ['true'], '');
    expect(await readFile(join(folder, 'input'), 'utf8')).toContain('&resource=https://vault.azure.cn"\n');
  });

  test('a secret that cannot be read stops the step before it runs, and is named', async () => {
    const outcome = async (name: string) => {
      const { stdout, stderr, exitCode } = await run({ X: `${VAULT}/${name}` }, ['echo', 'ran']);
      return { stdout, stderr, exitCode };
    };
    expect(await outcome('gone')).toEqual({
      stdout: '',
      stderr: `regild: error: the secret ${VAULT}/gone could not be read\n`,
      exitCode: 1,
    });
    expect(await outcome('odd')).toEqual({
      stdout: '',
      stderr: `regild: error: the answer for the secret ${VAULT}/odd cannot be understood\n`,
      exitCode: 1,
    });
  });
});
