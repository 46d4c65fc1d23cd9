import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FleetStatus, Lineage, RefreshReport, Report, VersionActions, VersionDiff } from '../../src/model/index.ts';
import { anInventory } from '../fakes/inventory.ts';
import publish from '../published-program.ts';

/**
 * The life of one image from the command line: every command is a process of its own, and all speak to one `regild sandbox`. Each step is held to its exit code and
 * to what it printed.
 */
const remove = await publish();
const { inFolder, regild } = await import('../commands/command-line.ts');
const { sandboxIn } = await import('../commands/sandbox-process.ts');

const SUBSCRIPTION = '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f';
const IDENTITY = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder`;

/** The manifest with these lines for the image. */
const manifest = (...lines: readonly string[]) => `version: 1
images:
  web:
    source: { owner: '123456789012', name: web-golden-*, region: eu-west-1 }
    target: { subscription: ${SUBSCRIPTION}, resourceGroup: rg-images, gallery: gal_test, location: northeurope }
    build: { identity: ${IDENTITY} }
    production: { gallery: gal_production }
    retention: { keep: 1 }
${lines.map((line) => `    ${line}\n`).join('')}`;

const WAVES = manifest('regions: [northeurope, westeurope]', 'rollout: { waves: [{ regions: [northeurope], approval: true }] }');
const ONE_REGION = manifest('regions: [northeurope]');

/** What each verb says when it cannot: exit code, which image, version and region, and what to do. */
function refusals(first: string, second: string): readonly (readonly [number, readonly string[], RegExp, RegExp])[] {
  const nobody = [/IMAGE_UNKNOWN: .*webb/, /hint +did you mean \W?web\W?/] as const;
  const noVersion = [/VERSION_NOT_FOUND: web has no version 1\.0\.0/, new RegExp(`hint +it has ${second}, ${first}`)] as const;
  return [
    ...(['status', 'refresh', 'retire', 'lineage', 'promote', 'rollback', 'diff'] as const).map(
      (verb) => [3, [verb, 'webb'], ...nobody] as const,
    ),
    [3, ['revoke', 'webb', first, '--reason', 'x'], ...nobody],
    [3, ['promote', 'web', '1.0.0'], ...noVersion],
    [3, ['rollback', 'web', '--to', '1.0.0'], ...noVersion],
    [3, ['revoke', 'web', '1.0.0', '--reason', 'x'], ...noVersion],
    [3, ['diff', 'web', '1.0.0'], ...noVersion],
    [
      2,
      ['promote', 'web', '--region', 'westeurope'],
      /no version of web is named that would be promoted there/,
      /regild promote web <version> --region/,
    ],
    [
      7,
      ['promote', 'web', first, '--region', 'eastus'],
      new RegExp(`PROMOTION_REFUSED: version ${first} of web is not in eastus`),
      /hint +name one of northeurope, westeurope;/,
    ],
    [7, ['rollback', 'web'], /ROLLBACK_IMPOSSIBLE: .*web/, /hint/],
    [3, ['report', '1.0.0', '--image', 'web'], /1\.0\.0/, /hint/],
  ];
}

let steps = 0;

await inFolder({ 'images.yaml': WAVES, 'machine.json': JSON.stringify(anInventory()) }, async (folder) => {
  const sandbox = await sandboxIn(folder);
  const { environment } = sandbox;

  /** Runs a command and holds it to its exit code; gives what it printed. */
  async function run(code: number, ...words: readonly string[]) {
    const done = await regild(words, { folder, environment });
    assert.equal(done.code, code, `regild ${words.join(' ')} ended with ${done.code}\n${done.stdout}\n${done.stderr}`);
    steps += 1;
    process.stdout.write(`ok      regild ${words.join(' ')}\n`);
    return done;
  }
  const json = async (code: number, ...words: readonly string[]): Promise<unknown> =>
    JSON.parse((await run(code, ...words, '--json')).stdout);
  const acted = async (code: number, ...words: readonly string[]) =>
    VersionActions.parse(await json(code, ...words)).actions.map(({ action, version, regions, outcome }) =>
      [action, version, ...(regions ?? []), outcome].join(' '),
    );
  /** Each version with its state and the regions in which it is latest. */
  const stands = async (image: string) => {
    const [status] = FleetStatus.parse(await json(0, 'status', image)).images;
    return status?.versions.map(({ version, state, regions }) =>
      [version, state, ...regions.filter(({ latest }) => latest).map(({ name }) => name)].join(' '),
    );
  };
  const built = async (...words: readonly string[]) =>
    Report.parse(await json(0, 'build', 'web', ...words)).images.map(({ published }) => published?.version ?? '')[0] ?? '';
  const refreshed = async (code: number, ...words: readonly string[]) =>
    RefreshReport.parse(await json(code, 'refresh', ...words)).items.map(({ image, action, outcome }) => `${image} ${action} ${outcome}`);

  try {
    const first = await built();
    assert.deepEqual(await stands('web'), [`${first} released northeurope`]);
    assert.deepEqual(await acted(0, 'promote', 'web', '--dry-run'), [`promote ${first} westeurope due`]);
    assert.deepEqual(await stands('web'), [`${first} released northeurope`]);
    assert.deepEqual(await acted(0, 'promote', 'web'), [`promote ${first} westeurope done`]);
    assert.deepEqual(await stands('web'), [`${first} released northeurope westeurope`]);
    assert.match((await run(0, 'promote', 'web')).stdout, /web is latest where it is to be: nothing was left to promote/);

    assert.deepEqual(await acted(0, 'promote', 'web@production'), [`copy ${first} done`]);
    assert.deepEqual(await stands('web@production'), [`${first} released northeurope`]);

    const second = await built('--force');
    assert.deepEqual(await stands('web'), [`${second} released northeurope`, `${first} released westeurope`]);
    const diff = VersionDiff.parse(await json(0, 'diff', 'web'));
    assert.deepEqual([diff.before.version, diff.after.version, diff.inventory?.differences], [first, second, []]);
    const { versions } = Lineage.parse(await json(0, 'lineage'));
    assert.deepEqual(
      versions.map(({ image, version, record }) => [image, version, record?.inventory]),
      [
        ['web', second, true],
        ['web', first, true],
        ['web@production', first, true],
      ],
    );
    assert.match((await run(3, 'diff', 'web', '1.0.0', '2.0.0')).stderr, /web has no version 1\.0\.0 and none 2\.0\.0/);

    assert.deepEqual(await acted(0, 'rollback', 'web', '--reason', 'boots slowly'), [`withdraw ${second} done`]);
    assert.deepEqual(await stands('web'), [`${second} rolled-back`, `${first} released northeurope westeurope`]);
    assert.deepEqual(await acted(0, 'promote', 'web', second, '--region', 'westeurope'), [`promote ${second} westeurope done`]);
    assert.deepEqual(await stands('web'), [`${second} released westeurope`, `${first} released northeurope`]);

    const revoked = await acted(0, 'revoke', 'web', second, '--reason', 'key in the image', '--cascade');
    assert.deepEqual(revoked, [`revoke ${second} done`, `end ${second} done`]);
    assert.deepEqual(await stands('web'), [`${second} revoked`, `${first} released northeurope westeurope`]);
    const refused = await run(7, 'promote', 'web', second);
    assert.match(refused.stderr, new RegExp(`PROMOTION_REFUSED: version ${second} of web is revoked and cannot become latest`));
    assert.match(refused.stderr, /hint {3}it was revoked: key in the image/);

    for (const [code, words, message, hint] of refusals(first, second)) {
      const { stderr } = await run(code, ...words);
      assert.match(stderr, message);
      assert.match(stderr, hint);
    }

    await writeFile(join(folder, 'images.yaml'), ONE_REGION);
    assert.deepEqual(await refreshed(10, 'web', '--check'), ['web reconcile due']);
    assert.deepEqual(await refreshed(0, 'web'), ['web reconcile reconciled']);
    assert.deepEqual(await refreshed(0), ['web none unchanged', 'web@production none unchanged']);
    assert.deepEqual(await stands('web'), [`${second} revoked`, `${first} released northeurope`]);

    const recorded = await run(0, 'inspect', 'machine.json', '--record', `web@production@${first}`);
    assert.match(recorded.stderr, /^has one .+\/web\/record$/m);

    const third = await built('--force');
    assert.deepEqual(await stands('web'), [`${third} released northeurope`, `${second} revoked`, `${first} released`]);
    const going = [`keep ${third} kept`, `delete ${second} due`, `delete ${first} due`];
    assert.deepEqual(await acted(0, 'retire', 'web', '--dry-run'), going);
    assert.deepEqual(
      await acted(0, 'retire', 'web'),
      going.map((line) => line.replace(/due$/, 'done')),
    );
    assert.deepEqual(await stands('web'), [`${third} released northeurope`]);
    assert.deepEqual(await stands('web@production'), [`${first} released northeurope`]);
    process.stdout.write(`1 passed, 0 failed, 0 skipped: ${steps} commands\n`);
  } finally {
    sandbox.process.kill('SIGINT');
  }
});
await remove();
