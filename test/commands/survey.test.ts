import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { createEc2 } from '../../src/adapters/aws/ec2.ts';
import { createInventory } from '../../src/adapters/aws/inventory.ts';
import type { Io } from '../../src/commands/command.ts';
import { catalogFor } from '../../src/commands/installation.ts';
import { surveyVerb } from '../../src/commands/survey.ts';
import { NO_WISHES } from '../../src/match/index.ts';
import type { FaultMatch } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { surveyAccount } from '../../src/survey/index.ts';
import { NOW } from '../fakes/context.ts';
import { EXPECTED } from '../match/fixtures/expected.ts';

const folder = mkdtempSync(join(tmpdir(), 'regild-survey-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Answer {
  readonly code: number | undefined;
  readonly out: string;
  readonly diagnostics: string;
}

/** Runs `regild survey` with these words; `input` is standard input. */
async function survey(
  words: readonly string[],
  { input = '', environment = {} }: Partial<{ input: string; environment: Io['environment'] }> = {},
): Promise<Answer> {
  const printed: { out: string; diagnostics: string; code?: number } = { out: '', diagnostics: '' };
  const io: Io = {
    environment,
    folder,
    input: async function* () {
      yield Buffer.from(input);
    },
    out: (text) => {
      printed.out += text;
    },
    tell: (text) => {
      printed.out += text;
    },
    diagnostics: { write: (text: string) => (printed.diagnostics += text) } as unknown as NodeJS.WriteStream,
    interactive: false,
    color: false,
    signal: new AbortController().signal,
    now: () => new Date(),
  };
  const program = new Command('survey').exitOverride().configureOutput({ writeErr: () => {} });
  surveyVerb(program, async (work) => {
    printed.code = await work(io);
  });
  await program.parseAsync([...words], { from: 'user' });
  return { code: printed.code, ...printed };
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

const FIXTURES = join(import.meta.dirname, '../analyze/fixtures');
const FIELDS = ['osFamily', 'distro', 'version', 'architecture', 'bootMode', 'licence'] as const;
const samples = readdirSync(FIXTURES).map((name) => JSON.parse(readFileSync(join(FIXTURES, name), 'utf8')));
const CODES =
  '32-bit beta-source byos-plan data-disks deprecated-ami encrypted-snapshot eol-source instance-store licence-unclear no-azure-equivalent owner-mismatch paravirtual payg-licence product-code-inherited provisioned-iops sql-server unknown-os unknown-version vendor-terms'.split(
    ' ',
  );

describe('the sample AMIs, from the file to the JSON answer', async () => {
  const name = file('samples.json', JSON.stringify({ Images: samples.map(({ image }) => image) }));
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  const { out, code } = await survey(['--from', name, '--json']);
  vi.useRealTimers();
  const answer = JSON.parse(out);

  test('the answer holds them in the order of the file', () => {
    expect({ code, formatVersion: answer.formatVersion }).toEqual({ code: 0, formatVersion: 1 });
    expect(answer.images.map((image: { imageId: string | null; name: string }) => image.imageId ?? image.name)).toEqual(
      samples.map(({ image }) => image.ImageId ?? image.Name),
    );
  });

  test.each(samples.map((sample, index) => ({ ...sample, index })))(
    '$id $why',
    ({ id, index, expected, alsoAccept, mustWarn, shouldWarn }) => {
      const image = answer.images[index];
      const found = { osFamily: image.os.family, distro: image.os.distro, version: image.os.version, ...image };
      const wrong = FIELDS.filter((field) => ![expected[field], ...(alsoAccept[field] ?? [])].includes(found[field]));
      expect(wrong).toEqual([]);
      const match = EXPECTED.find((each) => each.id === id);
      expect(match?.verdicts).toContain(image.verdict);
      expect(match?.generations).toContain(image.generation ?? undefined);
      if (image.verdict !== 'vendor') expect(match?.bases.length === 0 ? [undefined] : match?.bases).toContain(image.bases[0]);
      expect(image.warnings).toEqual(expect.arrayContaining([...mustWarn, ...shouldWarn]));
      expect(image.warnings.filter((warning: string) => ![...mustWarn, ...shouldWarn].includes(warning))).toEqual([]);
      expect(image.warnings).toEqual([...new Set<string>(image.warnings)].sort());
      expect(image.warnings.filter((warning: string) => !CODES.includes(warning))).toEqual([]);
    },
  );
});

describe('what a file may look like', () => {
  const record = {
    ImageId: 'ami-0aaaaaaaaaaaaaaa1',
    Name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20260909',
    OwnerId: '099720109477',
  };
  const text = JSON.stringify(record);

  test.each([
    ['an empty account', '{"Images": []}', []],
    ['a bare list', `[${text}]`, ['22.04']],
    ['pages in a row', `{"Images": [${text}], "NextToken": "x"}\n{"Images": [${text}]}`, ['22.04', '22.04']],
    ['one record a line', `${text}\n${text}\n`, ['22.04', '22.04']],
    ['duplicated ids', `{"Images": [${text},${text}]}`, ['22.04', '22.04']],
    ['a record of which nothing is known', '[{"ImageId": null}]', [null]],
  ])('%s', async (_name, content, versions) => {
    const { out, code } = await survey(['--from', '-', '--json'], { input: content });
    const { images } = JSON.parse(out);
    expect({ code, versions: images.map((image: { os: { version: string } }) => image.os.version) }).toEqual({ code: 0, versions });
  });

  test('what Windows PowerShell redirects into a file', async () => {
    const { out } = await survey(['--from', file('utf16.json', Buffer.from(`\uFEFF[${text}]`, 'utf16le')), '--json']);
    expect(JSON.parse(out).images[0].os).toEqual({ family: 'linux', distro: 'ubuntu', version: '22.04' });
  });

  test('fields in another form are named, and count as absent', async () => {
    const { out, diagnostics } = await survey(['--from', '-', '--json'], { input: JSON.stringify([{ ...record, Tags: 'x' }]) });
    expect(JSON.parse(out).images[0].os.distro).toBe('ubuntu');
    expect(diagnostics).toContain('some records of standard input hold Tags in a form that DescribeImages does not give');
  });

  test.each([
    ['{"Images": [\n  {"ImageId": "ami-1",}\n]}', 'standard input:2:23: expected a name in quotes'],
    ['{"Images": [', 'standard input:1:13: the text ends too early'],
    ['<DescribeImagesResponse/>', 'standard input:1:1: this is no JSON'],
    ['', 'standard input is empty'],
    ['{"Images": {}}', 'standard input holds an object under "Images", where a list is expected'],
    ['[["ami-1", "name"]]', 'entry 1 of standard input is a list, not an AMI record'],
    ['{"Reservations": []}', 'entry 1 of standard input has no field of an AMI'],
    ['"ami-1"', 'standard input holds the string "ami-1", where AMI records are expected'],
  ])('%j is refused', async (input, message) => {
    await expect(survey(['--from', '-'], { input })).rejects.toMatchObject({ code: 'FILE_INVALID', message });
  });

  test('a file that does not exist, or is a folder', async () => {
    await expect(survey(['--from', 'nowhere.json'])).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: 'there is no file nowhere.json',
    });
    await expect(survey(['--from', '.'])).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', message: '. cannot be read (EISDIR)' });
  });
});

describe('the account of the sandbox', () => {
  test('its own AMIs, what uses them, and no Azure', async () => {
    const { out, diagnostics } = await survey(['--sandbox', '--json']);
    const { images } = JSON.parse(out);
    expect(diagnostics).toBe(
      'sandbox     AWS is simulated: no account is asked\n' +
        'info TEMPLATE_BY_PARAMETER: launch templates in eu-west-1 that name their AMI through an SSM parameter are not counted as its users: bastion\n',
    );
    const used = images.map(
      ({ name, use }: { name: string; use: { instances: readonly unknown[]; launchTemplates: readonly string[] } }) => [
        name,
        use.instances.length,
        use.launchTemplates,
      ],
    );
    expect(used).toEqual([
      ['web-golden-2026-10-01', 5, ['web']],
      ['api-golden-arm64', 1, ['api-arm']],
      ['win-golden-2026-10-20', 1, []],
      ['rhel-golden-2026-09-01', 0, []],
      ['${env("PATH")}"; rm -rf / #', 0, []],
      ['billing-appliance-final2', 0, []],
    ]);
  });

  test('an answer to the licence question moves the images that waited for it', async () => {
    const wavesOf = async (words: readonly string[]) => {
      const { images } = JSON.parse((await survey(['--sandbox', '--no-usage', '--json', ...words])).out);
      return images.map(({ wave }: { wave: number }) => wave);
    };
    expect(await wavesOf([])).toEqual([2, 2, 3, 3, 2, 3]);
    expect(await wavesOf(['--licence', 'payg'])).toEqual([2, 2, 2, 2, 2, 3]);
  });

  test('other owners and regions, in any format', async () => {
    const words = ['--sandbox', '--no-usage', '--region', 'us-east-1', '--owner', '137112412989'];
    expect((await survey([...words, '--format', 'text'])).out).toContain('al2023-ami-2023.12.20261012.0-kernel-6.1-x8…');
    expect((await survey([...words, '--format', 'markdown'])).out).toContain('# Survey of 4 AMIs');
    expect((await survey([...words, '--format', 'html'])).out).toContain('<title>regild survey of 4 AMIs</title>');
  });

  test('a region that does not exist', async () => {
    await expect(survey(['--sandbox', '--region', 'eu-nowhere-1'])).rejects.toMatchObject({ code: 'REGION_UNKNOWN' });
  });
});

test('without a region there is nothing to survey', async () => {
  await expect(survey([])).rejects.toMatchObject({ code: 'USAGE', message: 'the region to survey is not given' });
});

test('a file has no owner to ask for', async () => {
  await expect(survey(['--from', '-', '--owner', 'self'])).rejects.toMatchObject({ code: 'commander.conflictingOption' });
});

describe('an account that may not ask everything', () => {
  async function deniedSurvey(...matches: readonly FaultMatch[]) {
    const sandbox = await startSandbox({ start: NOW });
    const effect = { kind: 'respond', status: 403, code: 'UnauthorizedOperation', message: 'You are not authorized.' } as const;
    sandbox.faults.add(...matches.map((match) => ({ match, effect, times: 9 })));
    const aws = {
      endpoint: sandbox.endpoints.ec2,
      ca: sandbox.caPem,
      credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
      maxAttempts: 1,
    };
    const contents = { take: () => Promise.reject(new Error('not asked')) };
    const ports = { ec2: createEc2(aws), inventory: createInventory(aws), contents, clock: { now: () => NOW, sleep: async () => {} } };
    const request = { regions: ['eu-west-1'], owners: ['self'], use: true, wishes: NO_WISHES };
    try {
      return await surveyAccount(request, ports, await catalogFor({ environment: process.env }));
    } finally {
      await sandbox.close();
    }
  }

  test('instances denied: said, and carried on with the launch templates', async () => {
    const { images, issues } = await deniedSurvey({ body: 'Action=DescribeInstances' });
    expect(issues.map(({ severity, code, message }) => ({ severity, code, message }))).toEqual([
      { severity: 'warning', code: 'CLOUD_DENIED', message: 'AWS refused ec2:DescribeInstances in eu-west-1: You are not authorized' },
      expect.objectContaining({ code: 'TEMPLATE_BY_PARAMETER' }),
    ]);
    expect(images[0]?.use).toEqual({ instances: undefined, launchTemplates: ['web'] });
  });

  test('nothing about use may be asked: the use is not known, which is not the same as none', async () => {
    const { images, issues, summary } = await deniedSurvey(
      { body: 'Action=DescribeInstances' },
      { body: 'Action=DescribeLaunchTemplateVersions' },
    );
    expect(issues.map(({ code }) => code)).toEqual(['CLOUD_DENIED', 'CLOUD_DENIED']);
    expect({ images: images.length, use: images[0]?.use, used: summary.used }).toEqual({ images: 6, use: undefined, used: undefined });
  });

  test('AMIs that may not be listed are no survey', async () => {
    await expect(deniedSurvey({ body: 'Action=DescribeImages' })).rejects.toMatchObject({ code: 'CLOUD_DENIED' });
  });
});

test('the disks of the account too, the newest first and no more than were allowed', async () => {
  const { code, out } = await survey(['--sandbox', '--inspect', '--max', '4', '--json', '--no-usage']);
  const { images, summary, issues } = JSON.parse(out);
  const contents = images.map(({ name, content }: { name: string; content?: object }) => [name.slice(0, 10), content]);
  const empty = { kind: 'unread', reason: expect.stringContaining('there is no system on it') };
  const components = [
    'amazon-ssm-agent',
    'aws-credentials',
    'aws-logs-state',
    'cloudinit-default-user',
    'cloudinit-ec2-datasource',
    'kernel-cmdline-aws',
    'kernel-linux-aws',
    'ntp-amazon-time-sync',
  ];
  const leaks = [
    { name: 'SL-01', count: 1 },
    { name: 'SL-04', count: 2 },
  ];
  expect({ code, contents }).toEqual({
    code: 0,
    contents: [
      ['web-golden', { kind: 'read', packages: 11, unowned: 12, changed: 1, components, leaks, unread: 0 }],
      ['api-golden', empty],
      ['win-golden', empty],
      ['rhel-golde', undefined],
      ['${env("PAT', empty],
      ['billing-ap', undefined],
    ],
  });
  expect(summary.content).toEqual({
    read: 1,
    unread: 3,
    components: components.map((name) => ({ name, count: 1 })),
    leaks: leaks.map(({ name }) => ({ name, count: 1 })),
  });
  expect(issues.map(({ code: found, message }: { code: string; message: string }) => [found, message])).toEqual([
    ['DISKS_LEFT', 'the disks of some AMIs were not read (2): --max is 4, and the newest come first'],
  ]);
});

test.each(['0', '-1', 'many', '1.5'])('--max %s is refused', async (count) => {
  await expect(survey(['--sandbox', '--inspect', '--max', count])).rejects.toThrow(
    `argument '${count}' is invalid. give a whole number from 1 on`,
  );
});
