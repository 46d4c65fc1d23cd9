import { appendFile, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installed, LINUX, SHELLS } from './shells.ts';

const DIGEST = 'd'.repeat(64);
const there = await Promise.all(SHELLS.map(async (shell) => ({ shell, name: shell.join(' '), present: await installed(shell[0]) })));
const isRoot = process.getuid?.() === 0;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regild-record-'));
  await Promise.all(['lib.sh', 'lib', 'record.sh'].map((name) => cp(LINUX + name, join(folder, name), { recursive: true })));
  await writeFile(join(folder, 'guest.env'), 'REGILD_FAMILY=debian\n');
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, ...lines: readonly string[]) =>
  writeFile(join(folder, name), lines.map((line) => `${line.replaceAll(' ', '\t').replaceAll('_', ' ')}\n`).join(''));
const record = () => join(folder, 'state/translation.tsv');

describe.skipIf(!isRoot).each(there.filter(({ present }) => present))('record.sh under $name', ({ shell: [program, ...words] }) => {
  const environment = () => ({ REGILD_RECORD: record() });
  const run = () => execa(program, [...words, join(folder, 'record.sh')], { reject: false, env: environment() });
  const print = async (room: number) =>
    (
      await execa(program, [...words, '-c', `REGILD_INLINE=1\n. '${folder}/record.sh'\nregild_print_record ${room}`], {
        env: environment(),
      })
    ).stdout;

  async function tables(plan = DIGEST) {
    await write('provenance.tsv', `plan ${plan}`, 'base p:o:s:1', 'ami ami-1');
    await write(
      'components.tsv',
      'ssm remove a title S',
      'ssm remove a path /s',
      'cli keep a title C',
      'imds report a title I',
      'efs remove a title E',
      'xray remove a title X',
    );
    await write(
      'inventory-before.tsv',
      'count packages 600',
      'count units 40',
      'count accounts 30',
      'component ssm path_/etc/amazon/ssm',
      'component imds text_in_/opt/a',
    );
    await write(
      'report.tsv',
      'ssm removed path_/etc/amazon/ssm;unit_x',
      'cli kept path_/root/AKIAQQQQWWWWEEEERRRR.csv',
      'efs not-found ',
      'xray left path_/opt/xray;',
    );
    await write(
      'inventory-after.tsv',
      'count packages 590',
      'count units 39',
      'count accounts 29',
      'component cli path_/usr/bin/aws',
      'component imds text_in_/opt/a',
      'component xray path_/opt/xray',
    );
  }

  const EXPECTED = [
    `plan\t${DIGEST}`,
    'base\tp:o:s:1',
    'ami\tami-1',
    'inventory\tbefore\tpackages\t600',
    'inventory\tbefore\tunits\t40',
    'inventory\tbefore\taccounts\t30',
    'inventory\tafter\tpackages\t590',
    'inventory\tafter\tunits\t39',
    'inventory\tafter\taccounts\t29',
    'component\tssm\tremoved\tpath /etc/amazon/ssm',
    'component\tcli\tkept\tpath /root/AKIA....csv',
    'component\timds\treported\ttext in /opt/a',
    'component\txray\tleft\tpath /opt/xray',
  ];

  test('says what was found and what became of it, for root alone, with no key in it', async () => {
    await tables();
    expect((await run()).exitCode).toBe(0);
    expect((await readFile(record(), 'utf8')).trimEnd().split('\n')).toEqual(EXPECTED);
    expect([(await stat(record())).mode & 0o777, (await stat(join(folder, 'state'))).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  test('a second run of the same plan remembers what the first one found', async () => {
    await tables();
    await run();
    await write('inventory-before.tsv', 'count packages 590', 'count units 39', 'count accounts 29');
    await write('report.tsv', 'ssm not-found ');
    expect((await run()).exitCode).toBe(0);
    expect((await readFile(record(), 'utf8')).trimEnd().split('\n')).toEqual(EXPECTED);
  });

  test('the record of another plan is not carried on', async () => {
    await tables();
    await run();
    await tables('e'.repeat(64));
    await write('inventory-before.tsv', 'count packages 1');
    await write('inventory-after.tsv', 'count packages 1');
    await write('report.tsv');
    await run();
    expect((await readFile(record(), 'utf8')).match(/^(plan|component)\t.*$/gm)).toEqual([`plan\t${'e'.repeat(64)}`]);
  });

  test('prints what fits, and says what does not', async () => {
    await tables();
    await run();
    const lines = ['ssm\tremoved', 'cli\tkept', 'imds\treported', 'xray\tleft'].map((line) => `regild-component\t${line}`);
    expect((await print(4096)).split('\n')).toEqual([`regild-record\t${DIGEST}\t4\t0`, ...lines]);
    const cut = await print(162);
    expect(cut.split('\n')).toEqual([`regild-record\t${DIGEST}\t4\t0`, ...lines.slice(0, 1), 'regild-record-cut\t3']);
    expect(cut.length).toBeLessThan(162);
  });

  test('tells what checks said before generalize, those that failed first, before it tells of components', async () => {
    await tables();
    await run();
    await appendFile(record(), 'check\tapp-up\tpass\t\ncheck\tapp-licence\tfail\tno licence\n');
    const head = `regild-record\t${DIGEST}\t4\t2`;
    const failed = 'regild-built\tapp-licence\tfail\tno licence';
    expect((await print(4096)).split('\n').slice(0, 4)).toEqual([
      head,
      failed,
      'regild-built\tapp-up\tpass\t',
      'regild-component\tssm\tremoved',
    ]);
    expect((await print(head.length + failed.length + 36)).split('\n')).toEqual([head, failed, 'regild-record-cut\t4']);
  });

  test('says why what would have stopped the build may be there, whole, with no key in it', async () => {
    await tables();
    const reason = `a test key, ${'as everybody knows, '.repeat(20)}of AKIAQQQQWWWWEEEERRRR`;
    await writeFile(join(folder, 'answers.tsv'), `S[LW]-*\t/opt/*.pem\t${reason}\nazl-01-*\teks-node *\tits own cluster\n`);
    await run();
    expect((await readFile(record(), 'utf8')).trimEnd().split('\n')).toEqual([
      ...EXPECTED,
      `answer\tS[LW]-*\t/opt/*.pem\t${reason.replace('QQQQWWWWEEEERRRR', '...')}`,
      'answer\tazl-01-*\teks-node *\tits own cluster',
    ]);
  });

  test('without a record nothing is printed, and without a plan nothing is written', async () => {
    expect(await print(4096)).toBe('');
    expect(await run()).toMatchObject({ exitCode: 1, stderr: 'regild: error: provenance.tsv is missing' });
  });
});
