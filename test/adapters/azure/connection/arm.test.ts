import { createHttpHeaders, type PipelineRequest } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { connectAzure } from '../../../../src/adapters/azure/connection/index.ts';

/** ARM that answers each request with the next of the given bodies, and writes down what was asked. */
async function arm(bodies: readonly unknown[]) {
  const asked: string[] = [];
  const left = [...bodies];
  const connection = connectAzure({
    armEndpoint: 'https://arm.example',
    credential: { getToken: async () => ({ token: 'x', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
    clock: { now: () => new Date(0), sleep: async () => {} },
    pollMilliseconds: 1,
    maxRetries: 0,
    httpClient: {
      sendRequest: async (request: PipelineRequest) => {
        asked.push(request.url);
        const headers = createHttpHeaders({ 'content-type': 'application/json' });
        return { request, status: 200, headers, bodyAsText: JSON.stringify(left.shift()) };
      },
    },
  });
  return { arm: await connection.arm(), asked };
}

test('a list is followed over all its pages; a link keeps its own version', async () => {
  const next = 'https://arm.example/things?$skiptoken=a%2Bb&api-version=2020-01-01';
  const { arm: client, asked } = await arm([
    { value: [1, 2], nextLink: next },
    { value: [], nextLink: '' },
  ]);
  expect(await client.list('/things?$filter=x', '2022-09-01')).toEqual([1, 2]);
  expect(asked).toEqual(['https://arm.example/things?$filter=x&api-version=2022-09-01', next]);
});

test('an empty list is empty', async () => {
  const { arm: client } = await arm([{ value: [], nextLink: null }]);
  expect(await client.list('/things', '2022-09-01')).toEqual([]);
});

test.each([
  ['itself', ['https://arm.example/things?page=1', 'https://arm.example/things?page=1'], 2],
  ['one before it', ['https://arm.example/things?page=1', 'https://arm.example/things?page=2', 'https://arm.example/things?page=1'], 3],
])('a list whose page leads to %s is told, not read for ever', async (_, links, pages) => {
  const { arm: client, asked } = await arm(links.map((nextLink) => ({ value: [1], nextLink })));
  await expect(client.list('/things', '2022-09-01')).rejects.toThrow('the list never ends');
  expect(asked).toHaveLength(pages);
});

test('the same list may be read twice', async () => {
  const nextLink = 'https://arm.example/things?page=1&api-version=1';
  const { arm: client } = await arm([{ value: [1], nextLink }, { value: [2] }, { value: [1], nextLink }, { value: [2] }]);
  for (let time = 0; time < 2; time++) expect(await client.list('/things', '2022-09-01')).toEqual([1, 2]);
});
