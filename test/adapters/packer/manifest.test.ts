import { expect, test } from 'vitest';
import { artifactId } from '../../../src/adapters/packer/manifest.ts';

const manifest = (last: string) =>
  JSON.stringify({
    builds: [
      { name: 'image', artifact_id: 'old', packer_run_uuid: '1', custom_data: null },
      { name: 'image', artifact_id: 'new', packer_run_uuid: '2', custom_data: null },
    ],
    last_run_uuid: last,
  });

test('names what the last run made', () => {
  expect([artifactId(manifest('1')), artifactId(manifest('2'))]).toEqual(['old', 'new']);
});

test.each([
  [manifest('3'), 'the manifest of the Packer build names no artifact'],
  ['{', 'the manifest of the Packer build cannot be read'],
  ['{}', 'the manifest of the Packer build cannot be read'],
])('%s is refused', (text, message) => expect(() => artifactId(text)).toThrow(message));
