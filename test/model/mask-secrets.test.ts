import { expect, test } from 'vitest';
import { oneLine } from '../../src/adapters/one-line.ts';
import { maskSecrets } from '../../src/model/mask-secrets.ts';

const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl';

test.each([
  [`Authorization: Bearer ${TOKEN} was refused`, 'Authorization: Bearer *** was refused'],
  [`the assertion ${TOKEN} expired`, 'the assertion *** expired'],
  ['https://x.blob.core.windows.net/log?sv=2024&sig=a%2Bb%3D&se=1', 'https://x.blob.core.windows.net/log?sv=2024&sig=***&se=1'],
  [
    'DefaultEndpointsProtocol=https;AccountKey=abc/def==;EndpointSuffix=x',
    'DefaultEndpointsProtocol=https;AccountKey=***;EndpointSuffix=x',
  ],
  ['{"adminPassword":"hunter2","name":"vm"}', '{"adminPassword":"***","name":"vm"}'],
  ['client_secret=s3cret&grant_type=x', 'client_secret=***&grant_type=x'],
  [`SignedHeaders=host, Signature=${'0f'.repeat(32)}`, 'SignedHeaders=host, Signature=***'],
  ['the disk ami-0abc has no password', 'the disk ami-0abc has no password'],
])('%s', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});

test('what a cloud says becomes one line without control characters or a full stop', () => {
  expect(oneLine('The\tresource \u001b[31m‮x\r\n was not found. ')).toBe('The resource [31m x was not found');
  expect(oneLine('y'.repeat(900))).toBe(`${'y'.repeat(800)}…`);
});
