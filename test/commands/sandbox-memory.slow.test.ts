import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { SandboxMemory } from '../../src/model/index.ts';
import { StateFile } from '../../src/sandbox/remembered/state-file.ts';
import { type Call, type Finished, regild } from './command-line.ts';
import { answer } from './in-process.ts';
import { FAST, inProject, OWN_FILE, REMEMBERED, versionsOf } from './remembered-project.ts';

test('a process that is killed is continued by the next, beside another one: each image has one version, which those after them know', () =>
  inProject(async (folder) => {
    const slow = { ...REMEMBERED, REGILD_SANDBOX_SPEED: '0.001' };
    await killedOnceItWrote(folder, (onStderr) => regild(['build', 'web'], { folder, environment: slow, onStderr }));
    const both = [
      ['build', 'web', '--resume'],
      ['build', 'shop'],
    ].map((words) => regild(words, { folder, environment: REMEMBERED }));
    const [resumed, beside] = await Promise.all(both);
    expect([resumed?.code, beside?.code]).toEqual([0, 0]);
    expect(resumed?.stderr).toContain(`it goes on where it was left: ${OWN_FILE}; \`regild sandbox reset\` forgets it`);
    expect(await versionsOf(folder)).toEqual({ web: ['released'], shop: ['released'] });
    const again = await answer(['build', 'shop'], { folder, environment: REMEMBERED });
    expect(again.stdout).toContain('1 unchanged');
  }));

test.each([
  ['none', { REGILD_SANDBOX_STATE: 'none' }],
  ['a CI job', { REGILD_SANDBOX_STATE: '', CI: 'true' }],
])('%s: each command begins anew, and nothing is left', (_, environment) =>
  inProject(async (folder) => {
    expect((await answer(['build', 'web'], { folder, environment: { ...FAST, ...environment } })).code).toBe(0);
    expect(existsSync(join(folder, OWN_FILE))).toBe(false);
    const { code, stderr } = await answer(['sandbox', 'reset'], { folder, environment });
    expect([code, stderr]).toEqual([2, expect.stringContaining('the sandbox remembers nothing here')]);
  }),
);

test('a file that cannot be used ends every command; a reset makes room for a new one, and spares what is somebody else’s', () =>
  inProject(async (folder) => {
    const named = { ...FAST, REGILD_SANDBOX_STATE: 'notes.txt' };
    writeFileSync(join(folder, 'notes.txt'), 'milk, bread\n'.repeat(200));
    for (const words of [['status'], ['build', 'web'], ['sandbox', 'show'], ['sandbox', 'reset']]) {
      const { code, stderr } = await answer(words, { folder, environment: named });
      expect([code, stderr]).toEqual([2, expect.stringContaining('error SANDBOX_STATE: notes.txt is no state of a sandbox')]);
    }
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('milk, bread\n'.repeat(200));
    expect((await answer(['build', 'web'], { folder, environment: REMEMBERED })).code).toBe(0);
    writeFileSync(join(folder, OWN_FILE), 'spoilt');
    expect((await answer(['status'], { folder, environment: REMEMBERED })).stderr).toContain(`SANDBOX_STATE: ${OWN_FILE} is no state`);
    const { code, stdout } = await answer(['sandbox', 'reset'], { folder, environment: REMEMBERED });
    expect([code, stdout]).toEqual([0, `reset       ${OWN_FILE}: the next command begins anew\n`]);
    expect(existsSync(join(folder, OWN_FILE))).toBe(false);
  }));

/** Time nearly stands still for it, so that it is in the middle of its work whenever the signal comes. */
async function killedOnceItWrote(folder: string, start: (onStderr: NonNullable<Call['onStderr']>) => Promise<Finished>): Promise<void> {
  let child: ChildProcess | undefined;
  const finished = start((_, started) => {
    child = started;
  });
  await vi.waitUntil(() => child !== undefined && existsSync(join(folder, OWN_FILE)) && writes(folder) > 0, { timeout: 120_000 });
  child?.kill('SIGKILL');
  expect((await finished).code).toBe(null);
}

function writes(folder: string): number {
  const file = new StateFile(join(folder, OWN_FILE));
  try {
    return file.worlds()[0]?.writes ?? 0;
  } finally {
    file.close();
  }
}

test('a month passes where it is told to, and a reset begins anew', () =>
  inProject(async (folder) => {
    const say = async (...words: string[]) => {
      const { code, stdout } = await answer(words, { folder, environment: REMEMBERED });
      return [code, stdout] as const;
    };
    const memory = async (...words: string[]) => JSON.parse((await say('sandbox', ...words, '--json'))[1]) as SandboxMemory;
    expect(await say('sandbox', 'show')).toEqual([0, `nothing is remembered in ${OWN_FILE}\n`]);
    expect((await answer(['sandbox', 'advance', '30d'], { folder, environment: REMEMBERED })).stderr).toContain('FILE_NOT_FOUND');
    expect((await say('build', 'web'))[0]).toBe(0);
    expect((await say('refresh', 'web', '--check'))[0]).toBe(0);
    const before = await memory('show');
    const after = await memory('advance', '30d');
    expect(Date.parse(after.worlds[0]?.time ?? '') - Date.parse(before.worlds[0]?.time ?? '')).toBeGreaterThanOrEqual(30 * 86_400_000);
    expect(await say('refresh', 'web', '--check')).toEqual([10, expect.stringMatching(/is \d\d days old, and refresh.every is 30d/)]);
    expect(await memory('reset')).toEqual({ kind: 'SandboxMemory', schemaVersion: 1, file: OWN_FILE, worlds: [], reset: true });
    expect(await versionsOf(folder)).toEqual({ web: [], shop: [] });
  }));
