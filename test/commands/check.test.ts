import { expect, test } from 'vitest';
import { checkVerb } from '../../src/commands/check.ts';
import { ManifestCheck } from '../../src/model/index.ts';
import { inFolder } from './command-line.ts';
import { call, fakeIo } from './fake-io.ts';

const BROKEN = `version: 1
defaults:
  target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg, gallery: gal, location: northeurope }
images:
  web: { source: { ami: ami-0123456789abcdef0, region: eu-wset-1 } }
  db: { source: { ami: ami-0123456789abcdef0, region: eu-west-1 }, refresh: { schedule: never } }
  fine: { source: { ami: ami-0123456789abcdef0, region: eu-west-1 } }
`;

/** What `regild check` says about this manifest. */
function check(text: string, ...words: readonly string[]) {
  return inFolder({ 'images.yaml': text }, async (folder) => {
    const heard = fakeIo(folder);
    const code = await call(checkVerb, words, heard);
    return { code, stdout: heard.stdout(), stderr: heard.stderr() };
  });
}

test('every problem stands on stdout with its place, and the exit code is 2', async () => {
  expect(await check(BROKEN)).toEqual({
    code: 2,
    stdout: `error REGION_UNKNOWN: source.region "eu-wset-1" is no AWS region that regild knows
  image  web (images.yaml:5:56)
  hint   did you mean \`eu-west-1\`?
error VALUE_INVALID: refresh.schedule "never" is no cron line that ever comes
  image  db (images.yaml:6:89)
  hint   write minute, hour, day of the month, month and day of the week, for example 0 4 * * 2 (Tuesdays at four)
images.yaml: 3 images, 2 problems; mend them and call \`regild check\` again
`,
    stderr: '',
  });
});

test('a manifest without problems ends with 0 and says what was not looked at', async () => {
  expect(await check(BROKEN, 'fine')).toEqual({
    code: 0,
    stdout: 'images.yaml: one image, no problem; `regild plan` asks the clouds about the rest\n',
    stderr: '',
  });
});

test('--json is one document of the published shape', async () => {
  const { code, stdout } = await check(BROKEN, '--json', 'web');
  expect([code, ManifestCheck.parse(JSON.parse(stdout))]).toEqual([
    2,
    {
      kind: 'ManifestCheck',
      schemaVersion: 1,
      file: 'images.yaml',
      images: ['web'],
      issues: [
        {
          severity: 'error',
          code: 'REGION_UNKNOWN',
          message: 'source.region "eu-wset-1" is no AWS region that regild knows',
          hint: 'did you mean `eu-west-1`?',
          image: 'web',
          place: { file: 'images.yaml', line: 5, column: 56 },
        },
      ],
    },
  ]);
});

test('an image that the manifest lacks, and a manifest that is not there, are refused', async () => {
  await expect(check(BROKEN, 'wbe')).rejects.toMatchObject({ code: 'IMAGE_UNKNOWN', hint: 'did you mean `web`? it has web, db, fine' });
  await expect(check(BROKEN, '-f', 'other.yaml')).rejects.toMatchObject({ code: 'MANIFEST_NOT_FOUND' });
});
