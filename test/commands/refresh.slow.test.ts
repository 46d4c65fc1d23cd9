import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetStatus, ImageMatrix, Inventory, Lineage, RefreshReport, VersionActions } from '../../src/model/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { anInventory } from '../fakes/inventory.ts';
import { inFolder, pointedAt, writesTo } from './command-line.ts';
import { answer } from './in-process.ts';

const FLEET = await readFile(join(import.meta.dirname, 'fleet.yaml'), 'utf8');
const CONTAINER = 'https://corpimages.blob.core.windows.net/records';
const RECORDED = FLEET.replace('defaults:', `defaults:\n  records: { container: '${CONTAINER}' }`);
/** Processes that walk, one after the other. */
const LONG = { timeout: 300_000 };

let sandbox: Sandbox;
// Its clock runs ahead of the machine's by hours, and Azure takes only an end of life to come.
beforeAll(async () => {
  sandbox = await startSandbox({ record: true, start: new Date(Date.now() - 7 * 86_400_000) });
});
afterAll(() => sandbox.close());

/** Requests so far that change something: a question to Resource Graph does not. */
function changes(): number {
  return writesTo(sandbox).filter((write) => !write.includes('ResourceGraph')).length;
}

test('from the command line: due, built, quiet, and revoked', LONG, async () => {
  const files = { 'images.yaml': FLEET, 'recorded.yaml': RECORDED, 'machine.json': JSON.stringify(anInventory()), 'ca.pem': sandbox.caPem };
  await inFolder(files, async (folder) => {
    const environment = pointedAt(sandbox, join(folder, 'ca.pem'));
    const run = async (...words: readonly string[]) => {
      const before = changes();
      return { ...(await answer(words, { folder, environment })), wrote: changes() > before };
    };
    const outcome = ({ stdout }: { readonly stdout: string }) =>
      RefreshReport.parse(JSON.parse(stdout)).items.map((item) => `${item.action} ${item.outcome}`);

    const check = await run('refresh', 'web-golden', '--check', '--json');
    expect([check.code, outcome(check), check.wrote]).toEqual([10, ['rebuild due'], false]);
    const due = await run('ci', 'matrix', 'web-golden', '--due', '--json');
    const jobs = ImageMatrix.parse(JSON.parse(due.stdout)).images.map(({ image, reasons }) => ({ image, reasons }));
    expect([due.code, jobs, due.wrote]).toEqual([0, [{ image: 'web-golden', reasons: [expect.stringContaining('no version')] }], false]);
    const first = await run('refresh', 'web-golden', '--json');
    expect([first.code, outcome(first), first.wrote]).toEqual([0, ['rebuild published'], true]);
    const quiet = await run('refresh', 'web-golden', '--json');
    expect([quiet.code, outcome(quiet), quiet.wrote]).toEqual([0, ['none unchanged'], false]);
    const rest = await run('ci', 'matrix', 'web-golden', '--due');
    expect([rest.code, rest.stdout]).toEqual([0, '{"include":[]}\n']);

    const [image] = FleetStatus.parse(JSON.parse((await run('status', 'web-golden', '--json')).stdout)).images;
    const version = image?.latest ?? '';
    const ami = image?.versions[0]?.ami ?? '';
    const found = await run('lineage', '--of', ami, '--json');
    const standing = Lineage.parse(JSON.parse(found.stdout)).versions.map((one) => [one.image, one.version, one.ami?.id]);
    expect([found.code, standing, found.wrote]).toEqual([0, [['web-golden', version, ami]], false]);
    const none = await run('lineage', '--of', 'ami-0123456789abcdef0');
    expect([none.code, none.stdout]).toEqual([3, 'nothing stands on "ami-0123456789abcdef0"\n']);
    const record = (...words: readonly string[]) =>
      run('inspect', 'machine.json', '-f', 'recorded.yaml', '--record', `web-golden@${version}`, ...words);
    const dry = await record('--dry-run');
    const toldOf = (text: string) => text.match(/^(?:would record|record|has one) .+$/gm);
    const inFolderOfRun = expect.stringMatching(/^has one {6}.+\/web-golden\/record$/);
    expect([dry.code, toldOf(dry.stderr), dry.wrote]).toEqual([0, [inFolderOfRun, `would record ${CONTAINER}`], false]);
    const folderOf = dry.stderr.match(/^has one {6}(.+record)$/m)?.[1] ?? '';
    const told = await readFile(join(folderOf, 'inventory.json'), 'utf8');
    expect(Inventory.parse(JSON.parse(told)).source).toEqual({ kind: 'machine', name: 'test VM of web-golden', simulated: true });
    const kept = await record();
    expect([kept.code, toldOf(kept.stderr), kept.wrote]).toEqual([0, [inFolderOfRun, `record       ${CONTAINER}`], true]);
    expect(await readFile(join(folderOf, 'inventory.json'), 'utf8')).toBe(told);
    for (const file of ['inventory.json', 'sbom.cdx.json']) await rm(join(folderOf, file));
    const again = await record();
    expect([again.code, toldOf(again.stderr), again.wrote]).toEqual([0, [`record       ${folderOf}`, `has one      ${CONTAINER}`], false]);
    expect(await readdir(folderOf)).toEqual(expect.arrayContaining(['inventory.json', 'sbom.cdx.json']));
    const revoked = await run('revoke', 'web-golden', version, '--reason', 'key in the image', '--json');
    const { actions, advice } = VersionActions.parse(JSON.parse(revoked.stdout));
    expect([revoked.code, actions.map(({ action, outcome: how }) => `${action} ${how}`)]).toEqual([0, ['revoke done', 'end done']]);
    expect(advice[0]).toBe('no version of web-golden is latest any more: `regild build web-golden --force` makes one');
    const refused = await run('promote', 'web-golden', version);
    expect([refused.code, refused.stderr, refused.wrote]).toEqual([
      7,
      expect.stringContaining(`PROMOTION_REFUSED: version ${version} of web-golden is revoked and cannot become latest`),
      false,
    ]);
  });
});
