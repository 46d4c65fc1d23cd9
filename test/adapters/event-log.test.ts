import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEventLog, tellAll } from '../../src/adapters/event-log.ts';
import type { ProgressEvent } from '../../src/model/index.ts';
import { inFolder } from '../commands/command-line.ts';
import { NOW } from '../fakes/context.ts';

const CLOCK = { now: () => NOW };

test('each event is a line with its time, added to what is there; the file is for its owner alone, and no secret is in it', async () => {
  await inFolder({}, async (folder) => {
    const path = join(folder, 'deep/events.jsonl');
    createEventLog(path, CLOCK).emit({ kind: 'stage-started', image: 'web', stage: 'build' });
    createEventLog(path, CLOCK).emit({ kind: 'notice', text: 'azure said\nclient_secret=geheim123&x=1' });
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines.map((line) => (line === '' ? line : JSON.parse(line)))).toEqual([
      { at: NOW.toISOString(), kind: 'stage-started', image: 'web', stage: 'build' },
      { at: NOW.toISOString(), kind: 'notice', text: expect.stringMatching(/^azure said\nclient_secret=\*+&x=1$/) },
      '',
    ]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});

test('a file that cannot be begun is said at once', async () => {
  await inFolder({ file: '' }, async (folder) => {
    expect(() => createEventLog(join(folder, 'file/events.jsonl'), CLOCK)).toThrow(/ENOTDIR|EEXIST/);
  });
});

test('tellAll tells every one', () => {
  const heard: ProgressEvent[] = [];
  const one = { emit: (event: ProgressEvent) => void heard.push(event) };
  tellAll(one, one).emit({ kind: 'notice', text: 'x' });
  expect(heard).toEqual([
    { kind: 'notice', text: 'x' },
    { kind: 'notice', text: 'x' },
  ]);
});
