import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SandboxMemory } from '../../src/model/index.ts';
import { StateFile } from '../../src/sandbox/remembered/state-file.ts';
import { answer } from './in-process.ts';
import { inProject, OWN_FILE, REMEMBERED } from './remembered-project.ts';

test('show, advance and reset: what is remembered, whose time goes on from now where it was left behind', () =>
  inProject(async (folder) => {
    const world = { subscription: '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f', epoch: 'one', regild: '0.1.0' };
    const memory = async (...words: string[]) => {
      const { code, stdout, stderr } = await answer(['sandbox', ...words, '--json'], { folder, environment: REMEMBERED });
      return code === 0 ? (JSON.parse(stdout) as SandboxMemory) : stderr;
    };
    expect(await memory('advance', '30d')).toContain(`FILE_NOT_FOUND: ${OWN_FILE} is not there`);
    expect((await answer(['sandbox', 'show'], { folder, environment: REMEMBERED })).stdout).toBe(`nothing is remembered in ${OWN_FILE}\n`);
    mkdirSync(join(folder, '.regild'));
    const file = new StateFile(join(folder, OWN_FILE));
    file.exclusively(() => file.begin(world.subscription, { ...world, started: Date.parse('2026-01-01T00:00:00Z') }));
    const shown = { kind: 'SandboxMemory', schemaVersion: 1, file: OWN_FILE, reset: false };
    const left = { subscription: world.subscription, writes: 0 };
    expect(await memory('show')).toEqual({ ...shown, worlds: [{ ...left, time: '2026-01-01T00:00:00.000Z' }] });
    file.setTime(world.subscription, Date.parse('2099-01-01T00:00:00Z'));
    expect(await memory('advance', '4w')).toEqual({ ...shown, worlds: [{ ...left, time: '2099-01-29T00:00:00.000Z' }] });
    file.setTime(world.subscription, Date.parse('2026-01-01T00:00:00Z'));
    const before = Date.now();
    const late = await memory('advance', '30d');
    expect(Date.parse(typeof late === 'string' ? late : (late.worlds[0]?.time ?? ''))).toBeGreaterThanOrEqual(before + 30 * 86_400_000);
    expect(await memory('advance', '30x')).toContain('it must be a time such as 90m, 24h, 7d or 4w');
    expect(await memory('reset')).toEqual({ ...shown, worlds: [], reset: true });
    expect(file.head(world.subscription)).toBe(undefined);
    file.close();
  }));
