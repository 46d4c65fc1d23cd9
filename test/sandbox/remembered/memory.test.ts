import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts';
import { StateFile } from '../../../src/sandbox/remembered/state-file.ts';
import { ask } from '../azure/ask.ts';

const START = new Date('2026-11-21T08:00:00Z');
const HOUR = 3_600_000;

let folder: string;
let path: string;
let running: Sandbox[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regild-memory-'));
  path = join(folder, 'deep', 'sandbox.db');
  running = [];
});
afterEach(async () => {
  for (const sandbox of running) await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Time passes as slowly as it can: what is tested about it is moved by hand. */
async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = { kind: 'real', speed: 0.001 } as const;
  const sandbox = await startSandbox({ clock, start: START, state: { path, regild: '0.1.0' }, ...options });
  running.push(sandbox);
  return sandbox;
}

const GROUP = 'resourceGroups/rg-x?api-version=2022-09-01';
const GALLERY = 'resourceGroups/rg-x/providers/Microsoft.Compute/galleries/sig?api-version=2024-03-03';
const putGroup = (sandbox: Sandbox, tags = {}) => ask(sandbox, 'PUT', GROUP, { body: { location: 'uksouth', tags } });
const putGallery = (sandbox: Sandbox) => ask(sandbox, 'PUT', GALLERY, { body: { location: 'uksouth' } });
const galleryState = async (sandbox: Sandbox) => {
  const { status, body } = await ask(sandbox, 'GET', GALLERY);
  return status === 200 ? (body as { properties: { provisioningState: string } }).properties.provisioningState : status;
};
const advance = (hours: number) => {
  const file = new StateFile(path);
  file.exclusively(() => {
    for (const { subscription, time } of file.worlds()) file.setTime(subscription, time + hours * HOUR);
  });
  file.close();
};

test('a world goes on in the next process: what was made is there, what was under way ends in its time, and time did not go back', async () => {
  const first = await start();
  await putGroup(first);
  await putGallery(first);
  expect(await galleryState(first)).toBe('Creating');
  await first.close();
  const second = await start();
  expect(await galleryState(second)).toBe('Creating');
  await second.close();
  advance(2);
  const third = await start();
  expect(await galleryState(third)).toBe('Succeeded');
  expect(Math.round(third.ahead / HOUR)).toBe(2);
});

test('a process that reads leaves no file', async () => {
  const sandbox = await start();
  expect(await galleryState(sandbox)).toBe(404);
  await ask(sandbox, 'POST', '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', { body: { query: 'resources' } });
  expect(() => statSync(path)).toThrow('ENOENT');
  await putGroup(sandbox);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('processes side by side live in one world, and names that it gives never meet', async () => {
  const [one, other] = [await start(), await start()];
  await putGroup(one);
  expect((await putGallery(other)).status).toBe(201);
  expect(await galleryState(one)).toBe('Creating');
  const identity = (name: string) =>
    `resourceGroups/rg-x/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}?api-version=2023-01-31`;
  const principals = await Promise.all(
    [one, other, one, other].map(async (sandbox, index) => {
      const { body } = await ask(sandbox, 'PUT', identity(`id-${index}`), { body: { location: 'uksouth' } });
      return (body as { properties: { principalId: string } }).properties.principalId;
    }),
  );
  expect(new Set(principals).size).toBe(4);
});

test('a write that was refused since something was there, or replaced what had been read, is so in the next process too', async () => {
  const set = 'resourceGroups/rg-x/providers/Microsoft.Compute/virtualMachineScaleSets/one?api-version=2024-07-01';
  const put = (sandbox: Sandbox, owner: string, headers: Readonly<Record<string, string>>) =>
    ask(sandbox, 'PUT', set, {
      body: { location: 'uksouth', tags: { owner }, properties: { orchestrationMode: 'Flexible', platformFaultDomainCount: 1 } },
      headers,
    });
  const first = await start();
  await putGroup(first);
  const made = await put(first, 'a', { 'if-none-match': '*' });
  const again = await put(first, 'b', { 'if-none-match': '*' });
  expect([made.status, again.status]).toEqual([201, 412]);
  const read = await ask(first, 'GET', set);
  const { etag } = read.body as { readonly etag: string };
  const taken = await put(first, 'c', { 'if-match': etag });
  const late = await put(first, 'd', { 'if-match': etag });
  expect([taken.status, late.status]).toEqual([200, 412]);
  await first.close();
  const second = await start();
  expect((await ask(second, 'GET', set)).body).toMatchObject({ tags: { owner: 'c' } });
  expect((await put(second, 'e', { 'if-none-match': 'x' })).status).toBe(400);
});

test('each subscription has a world of its own', async () => {
  const other = '11111111-2222-4333-8444-555555555555';
  await putGroup(await start());
  const elsewhere = await start({ subscription: other });
  expect((await ask(elsewhere, 'GET', GROUP)).status).toBe(404);
  await putGroup(elsewhere, { of: 'the other' });
  const again = await start({ subscription: other });
  expect((await ask(again, 'GET', GROUP)).body).toMatchObject({ tags: { of: 'the other' } });
});

test('many writes are summed up once nothing is under way; who has the file open follows, and so does who comes later', async () => {
  const first = await start();
  await putGroup(first);
  await putGallery(first);
  sayAgain(210, '');
  const busy = await start();
  expect(worlds()).toMatchObject([{ writes: 212 }]);
  await busy.close();
  advance(2);
  const later = await start();
  expect(worlds()).toMatchObject([{ writes: 0 }]);
  await putGroup(later, { by: 'who came later' });
  for (const sandbox of [first, later, await start()]) {
    expect((await ask(sandbox, 'GET', GROUP)).body).toMatchObject({ tags: { by: 'who came later' } });
    expect(await galleryState(sandbox)).toBe('Succeeded');
  }
});

function worlds() {
  const file = new StateFile(path);
  try {
    return file.worlds();
  } finally {
    file.close();
  }
}

test('what is forgotten is gone for who has the file open too', async () => {
  const sandbox = await start();
  await putGroup(sandbox);
  const file = new StateFile(path);
  expect([file.forget(), file.forget()]).toEqual([true, false]);
  file.close();
  expect((await ask(sandbox, 'GET', GROUP)).status).toBe(404);
  expect((await putGroup(sandbox)).status).toBe(201);
});

/** What many calls of `putGroup` leave, without the calls. */
function sayAgain(times: number, tag: string): void {
  const file = new StateFile(path);
  const [world] = file.worlds();
  const [, last] = file.saidAfter(world?.subscription ?? '', 0).find(([, { path: asked }]) => asked.endsWith('/rg-x')) ?? [];
  if (last === undefined) throw new Error('the group was not put');
  file.exclusively(() => {
    for (let count = 0; count < times; count += 1) {
      const text = JSON.stringify({ location: 'uksouth', tags: { count: `${count}${tag}` } });
      file.keep(world?.subscription ?? '', { ...last, at: world?.time ?? 0, text, status: 200 });
    }
  });
  file.close();
}

async function madeFile(): Promise<void> {
  const sandbox = await start();
  await putGroup(sandbox);
  sayAgain(40, 'x'.repeat(4000));
  await sandbox.close();
}

const inFile = (sql: string) => () => {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
};

test.each([
  ['is cut short', 'damaged', () => truncateSync(path, 40_960)],
  ['is text', 'foreign', () => writeFileSync(path, 'shopping list\n'.repeat(300))],
  ['is the database of another program', 'foreign', inFile('PRAGMA application_id = 7')],
  ['has a format to come', 'unfit', inFile('PRAGMA user_version = 2')],
  ['was written into by hand', 'damaged', inFile("UPDATE said SET said = '{}' WHERE number = 2")],
  ['tells of an answer that is not given', 'unfit', inFile(`UPDATE said SET said = replace(said, '"status":201', '"status":409')`)],
  ['sums up what is no world', 'damaged', inFile("UPDATE world SET rest = '[]', rest_until = 1000")],
])('a file that %s is told of (%s), and left as it is', async (_, trouble, spoil) => {
  await madeFile();
  spoil();
  const before = readFileSync(path);
  await expect(start()).rejects.toMatchObject({ name: 'SandboxStateError', trouble, message: expect.stringContaining(path) });
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a folder in the place of the file, and a place that cannot be', async () => {
  await expect(start({ state: { path: folder, regild: '0.1.0' } })).rejects.toMatchObject({ trouble: 'unwritable' });
  writeFileSync(join(folder, 'file'), '');
  const sandbox = await start({ state: { path: join(folder, 'file', 'below', 'sandbox.db'), regild: '0.1.0' } });
  expect(await putGroup(sandbox)).toMatchObject({ status: 500, body: { error: { code: 'SandboxBroken' } } });
});

test('a file grows to its bound, and what does not fit is not half there', () => {
  const file = new StateFile(join(folder, 'small.db'), 40);
  const said = { at: 0, method: 'PUT', path: '/', query: {}, text: 'x'.repeat(50_000), effects: {}, status: 200 };
  const keep = () => file.exclusively(() => [file.keep('s', said), file.keep('s', said)]);
  keep();
  expect(keep).toThrow(expect.objectContaining({ trouble: 'full' }));
  expect(file.saidAfter('s', 0)).toHaveLength(2);
  file.close();
});
