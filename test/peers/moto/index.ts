import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Report } from '../../../src/model/index.ts';
import { regild } from '../../commands/command-line.ts';
import { entry } from '../published.ts';
import { startedSandbox } from '../running-sandbox.ts';
import type { Part } from '../statements.ts';

/** Canonical, and the owner of Windows AMIs. */
const OWNERS = ['099720109477', '801119661308'];

const PROGRAMS = join(process.env.REGILD_PEERS ?? '', 'moto/bin');

/** moto as AWS, with a sandbox as Azure: analyze, match and survey over somebody else's idea of AWS. */
export async function moto({ prove, folder }: Part): Promise<void> {
  const server = spawn(join(PROGRAMS, 'moto_server'), ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const sandbox = await startedSandbox(folder);
  try {
    const url = await addressOf(server);
    const { stdout } = await promisify(execFile)(join(PROGRAMS, 'python'), [join(import.meta.dirname, 'register.py'), url, ...OWNERS]);
    const made: Made = JSON.parse(stdout);
    const own = Object.entries(sandbox.variables).filter(([name]) => !name.startsWith('AWS_'));
    const environment = { ...Object.fromEntries(own), AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'moto', AWS_SECRET_ACCESS_KEY: 'moto' };
    await writeFile(join(folder, 'images.yaml'), manifest(made));
    const run = (...words: readonly string[]) => regild(words, { folder, environment });
    const json = async (...words: readonly string[]) => {
      const { stdout } = await run(...words, '--json');
      return JSON.parse(stdout);
    };

    await prove('the banner says that Azure alone is simulated, and where AWS answers', async () => {
      const { code, stderr } = await run('analyze', 'golden');
      assert.equal(code, 0, stderr);
      assert.equal(stderr.split('\n')[0], `sandbox     Azure is simulated: no real image is made. AWS answers at ${url}`);
    });
    const report = Report.parse(await json('match'));
    const of = (image: string) => report.images.find((one) => one.image === image);
    await prove('one AMI is found by its id, its name and a parameter, and gets the same base', async () => {
      const found = ['golden', 'by-name', 'by-parameter'].map((image) => [of(image)?.analysis?.ami.id, of(image)?.match?.chosen?.base]);
      assert.deepEqual(found, Array(3).fill([made.golden, 'ubuntu-24-04-lts-server']));
    });
    await prove('what the AMI does not tell is a question', async () => {
      assert.deepEqual(
        of('registered')?.match?.questions.map(({ code }) => code),
        ['LICENCE_CHOICE'],
      );
    });
    await prove('what is not there is told by what was asked for, with a key that there is', async () => {
      const told = (image: string) => of(image)?.issues.map(({ code, message, hint }) => [code, message, hint?.match(/`[^`]+`/)?.[0]]);
      assert.deepEqual(told('no-ami'), [['AMI_NOT_FOUND', 'no AMI ami-00000000000000000 in eu-west-1', '`source.region`']]);
      assert.deepEqual(told('no-parameter'), [
        ['AMI_NOT_FOUND', 'no AMI behind the SSM parameter /golden/none in eu-west-1', '`source.ssm`'],
      ]);
    });
    const surveyed = await json('survey', '--region', 'eu-west-1', '--owner', 'self', ...OWNERS);
    const surveyOf = (id: string) => surveyed.images.find(({ imageId }: { readonly imageId: string }) => imageId === id);
    await prove('a survey sorts every AMI of these owners', async () => {
      assert.deepEqual([surveyed.images.length, surveyed.issues], [made.images, []]);
      assert.deepEqual([surveyOf(made.golden)?.verdict, surveyOf(made.golden)?.use.instances], ['rebuild', []]);
      assert.deepEqual(
        surveyOf(made.parent)?.use.instances.map(({ type }: { readonly type: string }) => type),
        ['m5.large'],
      );
    });
    await prove('an edition of SQL Server that no base has is asked about; the survey knows the catalog, match what is sold', async () => {
      const asked = surveyOf(made.sql)?.waveReasons.filter((reason: string) => reason.startsWith('The AMI is enterprise'));
      assert.equal(asked.length, 1, JSON.stringify(surveyOf(made.sql)));
      const replaced = of('sql')?.issues.filter(({ code }) => code === 'BASE_REPLACED' || code === 'PRODUCT_CHOICE');
      assert.deepEqual(
        replaced?.map(({ code, message }) => [
          code,
          /^(?:the AMI is sql, enterprise|MicrosoftSQLServer:sql2017-ws2016:standard-gen2: not sold)/.test(message),
        ]),
        [
          ['BASE_REPLACED', true],
          ['PRODUCT_CHOICE', true],
        ],
      );
    });
  } finally {
    server.kill('SIGKILL');
    await sandbox.close();
  }
}

interface Made {
  readonly golden: string;
  readonly registered: string;
  readonly parent: string;
  readonly sql: string;
  /** How many there are of the owners that are surveyed. */
  readonly images: number;
}

const manifest = ({ golden, registered, sql }: Made) =>
  [
    'version: 1\nimages:\n',
    entry('golden', `source: { ami: ${golden}, region: eu-west-1 }`),
    entry('registered', `source: { ami: ${registered}, region: eu-west-1 }`),
    entry('by-parameter', 'source: { ssm: /golden/web, region: eu-west-1 }'),
    entry('by-name', 'source: { owner: self, name: web-golden-*, region: eu-west-1 }'),
    entry('no-ami', 'source: { ami: ami-00000000000000000, region: eu-west-1 }'),
    entry('no-parameter', 'source: { ssm: /golden/none, region: eu-west-1 }'),
    entry('sql', `source: { ami: ${sql}, region: eu-west-1 }`),
  ].join('');

async function addressOf(server: ChildProcess): Promise<string> {
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  for (;;) {
    const found = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
    if (found) return found;
    if (server.exitCode !== null) throw new Error(`moto_server ended with ${server.exitCode}: ${said}`);
    await pause(50);
  }
}
