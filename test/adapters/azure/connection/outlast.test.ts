import { type PipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { askTwice } from '../../../../src/adapters/azure/connection/ask-twice.ts';
import type { AzureConnection, AzureOptions } from '../../../../src/adapters/azure/connection/index.ts';
import { createOutlast } from '../../../../src/adapters/azure/connection/outlast.ts';
import { createGallery } from '../../../../src/adapters/azure/gallery/index.ts';
import { replicate } from '../../../../src/adapters/azure/gallery/replicate.ts';
import { createImageBuilder } from '../../../../src/adapters/azure/image-builder/index.ts';
import { createMarketplace } from '../../../../src/adapters/azure/marketplace/index.ts';
import { cloud, type Reply, sleeper } from './fake-cloud.ts';

const lost = new RestError('getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' });
const answered = (statusCode: number) => new RestError('said', { statusCode });
const cut = new RestError('Error reading response as text: aborted', { code: 'PARSE_ERROR' });

/** A question that fails in these ways first, and what was told while it was asked. */
async function asked(failures: readonly Error[], signal?: AbortSignal) {
  const told: string[] = [];
  const left = [...failures];
  const outlast = createOutlast({ clock: sleeper(), pollMilliseconds: 10_000, tell: (text) => told.push(text) });
  const answer = await outlast(signal, async () => {
    const failure = left.shift();
    if (failure) throw failure;
    return 'answer';
  }).catch((error: unknown) => error);
  return { answer, told };
}

test.each([
  ['a lost connection', lost, 'ENOTFOUND'],
  ['a server that cannot', answered(503), '503'],
  ['a throttle', answered(429), '429'],
  ['an answer cut off', cut, 'PARSE_ERROR'],
])('%s is outlasted, and told once', async (_, failure, said) => {
  expect(await asked([failure, failure, failure])).toEqual({
    answer: 'answer',
    told: [
      `Azure does not answer since 12:00:00Z (${said}): what works there goes on, and is asked for again until 13:00:00Z`,
      'Azure answers again',
    ],
  });
});

test.each([
  ['403', answered(403)],
  ['404', answered(404)],
  ['409', answered(409)],
])('an answer is no outage: %s', async (_, failure) => {
  expect(await asked([failure])).toEqual({ answer: failure, told: [] });
});

test('an outage of more than an hour ends the wait with its last failure', async () => {
  const last = answered(500);
  const { answer, told } = await asked([...Array.from({ length: 360 }, () => lost), last]);
  expect(answer).toBe(last);
  expect(told).toHaveLength(1);
});

test('an abort ends it at once', async () => {
  expect(await asked([lost, lost], AbortSignal.abort())).toEqual({ answer: lost, told: [] });
});

test('many that wait tell of one outage', async () => {
  const told: string[] = [];
  const outlast = createOutlast({ clock: sleeper(), pollMilliseconds: 10_000, tell: (text) => told.push(text.slice(0, 21)) });
  const question = (times: number) => {
    let left = times;
    return outlast(undefined, async () => {
      left -= 1;
      if (left >= 0) throw lost;
    });
  };
  await Promise.all([question(1), question(3), question(0), question(2)]);
  expect(told).toEqual(['Azure does not answer', 'Azure answers again']);
});

test('one "there is none" decides nothing, two do', async () => {
  const patience = { clock: sleeper(), pollMilliseconds: 10_000 };
  const answers =
    (...list: (string | undefined)[]) =>
    () =>
      Promise.resolve(list.shift());
  expect(await askTwice(patience, undefined, answers(undefined, 'there'))).toBe('there');
  expect(await askTwice(patience, undefined, answers(undefined, undefined, 'too late'))).toBeUndefined();
  expect(patience.clock.now().toISOString()).toBe('2026-11-25T12:00:04.000Z');
});

const GONE: Reply = { status: 404, body: { error: { code: 'NotFound', message: 'not found' } } };
const BUSY: Reply = { status: 503, body: { error: { code: 'ServerBusy', message: 'busy' } } };
const REF = { subscription: 'sub', resourceGroup: 'rg', gallery: 'gal', definition: 'web', version: '1.0.0' };
const version = (state: string, names: readonly string[]): Reply => ({
  status: 200,
  body: {
    id: '/v',
    name: '1.0.0',
    location: 'westeurope',
    properties: {
      provisioningState: state,
      publishingProfile: { targetRegions: names.map((name) => ({ name, regionalReplicaCount: 1, storageAccountType: 'Standard_LRS' })) },
      replicationStatus: { summary: names.map((region) => ({ region, state: 'Completed', progress: 100 })) },
    },
  },
});

test('a replication goes on though looks at its operation and at the version fail, and one of them finds nothing', async () => {
  const operation = { 'azure-asyncoperation': 'https://arm.example/sub/operations/o1?api-version=1' };
  const { connection, seen, told } = cloud({
    'GET versions/1.0.0': [version('Succeeded', ['westeurope']), BUSY, GONE, version('Succeeded', ['westeurope', 'eastus'])],
    'PUT versions/1.0.0': [{ status: 200, body: { properties: { provisioningState: 'Updating' } }, headers: operation }],
    'GET operations/o1': [{ status: 200, body: { status: 'InProgress' } }, BUSY, lost, { status: 200, body: { status: 'Succeeded' } }],
  });
  const regions = ['westeurope', 'eastus'].map((name) => ({ name, replicas: 1, storage: 'Standard_LRS' as const }));
  expect(await replicate(connection, REF, regions, {})).toEqual([
    { name: 'westeurope', state: 'Completed', progress: 100 },
    { name: 'eastus', state: 'Completed', progress: 100 },
  ]);
  expect(seen.get('GET operations/o1')).toBe(4);
  expect(seen.get('PUT versions/1.0.0')).toBe(1);
  expect(told).toEqual(['Azure does not answer', 'Azure answers again', 'Azure does not answer', 'Azure answers again']);
});

test('a build goes on though looks at its template fail, and one of them finds nothing', async () => {
  const tags = { 'regild-digest': 'd' };
  const output = { type: 'SharedImage', galleryImageId: '/target', runOutputName: 'web' };
  const template = (runState: string): Reply => ({
    status: 200,
    body: {
      id: '/it',
      name: 'it',
      location: 'westeurope',
      identity: { type: 'None' },
      tags,
      properties: { source: { type: 'PlatformImage' }, provisioningState: 'Succeeded', distribute: [output], lastRunStatus: { runState } },
    },
  });
  const { connection } = cloud({
    'GET imageTemplates/it': [template('Running'), BUSY, GONE, template('Running'), lost, template('Succeeded')],
    'GET runOutputs/web': [BUSY, { status: 200, body: { properties: { artifactId: '/made' } } }],
  });
  const body = { location: 'westeurope', tags, identity: {}, properties: { distribute: [output] } };
  expect(await createImageBuilder(connection).build({ subscription: 'sub', resourceGroup: 'rg', name: 'it' }, body, {})).toBe('/made');
});

test('the Marketplace is asked twice before a base counts as not sold', async () => {
  const { connection } = cloud({
    'GET server/versions': [GONE, { status: 200, body: [{ id: '/i', name: '24.04.1', location: 'westeurope' }] }],
  });
  const base = { publisher: 'Canonical', offer: 'ubuntu', sku: 'server' };
  expect(await createMarketplace(connection).versions('sub', 'westeurope', base)).toEqual(['24.04.1']);
  const none = cloud({ 'GET server/versions': [{ status: 200, body: [] }] });
  expect(await createMarketplace(none.connection).versions('sub', 'westeurope', base)).toEqual([]);
  expect([...none.seen]).toEqual([['GET server/versions', 2]]);
});

const RUNNING = { status: 200, body: { properties: { provisioningState: 'Creating' } } };
const DEFINITION = {
  name: 'web',
  osType: 'Linux',
  osState: 'Generalized',
  generation: 'V2',
  architecture: 'x64',
  identifier: { publisher: 'p', offer: 'o', sku: 's' },
  features: [],
  description: '',
} as const;

/** A cloud whose operations never end. */
function endless(options: Partial<AzureOptions> = {}) {
  const operation = { 'azure-asyncoperation': 'https://arm.example/sub/operations/o1?api-version=1' };
  return cloud(
    {
      'GET images/web': [GONE],
      'PUT images/web': [{ ...RUNNING, headers: operation }],
      'GET versions/1.0.0': [version('Succeeded', ['westeurope'])],
      'PUT versions/1.0.0': [{ ...RUNNING, headers: operation }],
      'GET operations/o1': [{ status: 200, body: { status: 'InProgress' } }],
    },
    options,
  );
}

/** A clock that is an hour later whenever it is looked at. */
function leaping() {
  let now = Date.parse('2026-11-25T12:00:00Z');
  const later = () => {
    now += 3_600_000;
    return new Date(now);
  };
  return { now: later, sleep: async () => {} };
}

test.each([
  [
    'a definition',
    '2 h',
    'PUT images/web',
    (connection: AzureConnection) => createGallery(connection).createDefinition(REF, DEFINITION, 'westeurope', {}),
  ],
  [
    'a promotion',
    '12 h',
    'PUT versions/1.0.0',
    (connection: AzureConnection) => createGallery(connection).setVersion(REF, { excludeFromLatest: true, tags: { a: 'b' } }),
  ],
  [
    'a replication',
    '12 h',
    'PUT versions/1.0.0',
    (connection: AzureConnection) =>
      createGallery(connection).replicate(REF, [{ name: 'eastus', replicas: 1, storage: 'Standard_LRS' }], {}),
  ],
])('%s that never ends is given up after %s', async (_, limit, name, work) => {
  await expect(work(endless({ clock: leaping() }).connection)).rejects.toMatchObject({
    code: 'TIMED_OUT',
    message: `the operation ${name} has not ended within ${limit}`,
  });
});

test('one Ctrl-C ends an operation that never ends', async () => {
  const run = new AbortController();
  const { connection } = endless({
    signal: run.signal,
    onRequest: (_, url) => url.includes('operations/o1') && run.abort(),
  });
  const gallery = createGallery(connection);
  await expect(gallery.createDefinition(REF, DEFINITION, 'westeurope', {})).rejects.toMatchObject({ code: 'CANCELLED' });
  // What is read afterwards is read to clean up.
  expect(await gallery.version(REF)).toMatchObject({ name: '1.0.0' });
});

test('one Ctrl-C ends a read that is never answered', async () => {
  const run = new AbortController();
  const sendRequest = ({ abortSignal }: PipelineRequest) =>
    new Promise<never>((_resolve, reject) => {
      abortSignal?.addEventListener('abort', () => reject(Object.assign(new Error('aborted'), { name: 'AbortError' })));
      queueMicrotask(() => run.abort());
    });
  const { connection } = cloud({}, { signal: run.signal, httpClient: { sendRequest } });
  await expect(createGallery(connection).version(REF)).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a pause that Azure asks for is not too long, and told', async () => {
  const told: string[] = [];
  const busy = { status: 429, body: {}, headers: { 'retry-after': '3600' } };
  const { connection } = cloud({ 'GET versions/1.0.0': [busy] }, { tell: (text) => told.push(text) });
  const failure = await createGallery(connection)
    .version(REF)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'CLOUD_THROTTLED' });
  expect(told).toEqual(['Azure asks to wait (Retry-After: 3600): it is asked again after 120 seconds']);
});
