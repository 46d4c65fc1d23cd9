import { expect, test } from 'vitest';
import { compareVersions } from '../../src/compare-versions.ts';
import { RegildError } from '../../src/errors.ts';
import type { ExistingVersion, ImageSpec, Report } from '../../src/model/index.ts';
import { renderDiff } from '../../src/report/version-diff.ts';
import { fakeContext } from '../fakes/context.ts';
import { anInventory, aPackage } from '../fakes/inventory.ts';
import { aSpec } from '../fakes/values.ts';
import { ORIGIN, released } from '../living/values.ts';
import { aKeptReport, aReportedPlan, SHA } from './records.ts';

const RUN = ORIGIN['regild-run'];
const OTHER_RUN = '20261120t080000-0000';
const OLD = released(1);
const NEW = released(20, {
  tags: { 'regild-run': OTHER_RUN, 'regild-ami': 'ami-0new', team: 'web' },
  targetRegions: [{ name: 'northeurope', replicas: 3, storage: 'Standard_LRS' }],
});

const definition = aReportedPlan().definition;
const OLD_REPORT = aKeptReport();
const NEW_REPORT = aKeptReport({
  plan: aReportedPlan({
    definition: { ...definition, features: [{ name: 'SecurityType', value: 'TrustedLaunch' }] },
    provisioners: [
      { kind: 'packages', id: 'step-1', phase: 'customize', title: 'install nginx', names: ['nginx'] },
      {
        kind: 'download',
        id: 'step-2',
        phase: 'customize',
        title: 'download a tool',
        url: 'https://example.com/t.tgz',
        to: '/opt/t.tgz',
        sha256: 'b'.repeat(64),
      },
    ],
    components: [{ id: 'ssm-agent', title: 'SSM agent', action: 'remove', reason: 'it is AWS’s' }],
    guestScripts: [],
  }),
});

/** What the run folders hold: by run and kind of file. */
type Kept = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function compared(
  versions: readonly ExistingVersion[],
  kept: Kept,
  { spec = aSpec(), before, after }: { readonly spec?: ImageSpec; readonly before?: string; readonly after?: string } = {},
) {
  const context = fakeContext({ gallery: { versions: async () => versions } });
  const folderOf = (run: string) => ({
    load: async (folder: string, kind: string) => (folder === 'web/record' ? kept[run]?.[kind] : undefined),
  });
  return compareVersions(spec, { before, after }, context, folderOf);
}

const json = (report: Report): unknown => JSON.parse(JSON.stringify(report));

test('latest against the one before it: by the gallery and by what was kept', async () => {
  const diff = await compared([OLD, NEW], { [RUN]: { report: json(OLD_REPORT) }, [OTHER_RUN]: { report: json(NEW_REPORT) } });
  expect(diff).toEqual({
    kind: 'VersionDiff',
    schemaVersion: 1,
    image: 'web',
    before: { version: OLD.name, id: OLD.id, record: `run ${RUN}` },
    after: { version: NEW.name, id: NEW.id, record: `run ${OTHER_RUN}` },
    changes: [
      { area: 'origin', item: 'AMI', before: ORIGIN['regild-ami'], after: 'ami-0new' },
      ...definition.features.map(({ name, value }) =>
        name === 'SecurityType'
          ? { area: 'definition', item: name, before: value, after: 'TrustedLaunch' }
          : { area: 'definition', item: name, before: value },
      ),
      { area: 'step', item: 'download a tool', before: SHA, after: 'b'.repeat(64) },
      { area: 'component', item: 'ssm-agent', after: 'remove' },
      { area: 'script', item: 'scripts/linux/boot.sh', before: SHA },
      { area: 'placement', item: 'northeurope', before: '1 × Standard_LRS', after: '3 × Standard_LRS' },
      { area: 'placement', item: 'westeurope', before: '2 × Standard_ZRS' },
      { area: 'tag', item: 'team', after: 'web' },
    ],
    issues: [],
  });
});

test('what is kept of one alone is no difference, and that is said', async () => {
  const diff = await compared([OLD, NEW], { [RUN]: { report: json(OLD_REPORT) } });
  expect(diff.changes.map(({ area }) => area)).toEqual(['origin', 'placement', 'placement', 'tag']);
  expect(diff.issues.map(({ code, message }) => [code, message])).toEqual([
    ['VERSION_UNRECORDED', 'nothing is kept of version 2026.1120.0 of web: steps, definition, components and checks are not compared'],
  ]);
});

test('what is in them is compared where both inventories were kept', async () => {
  const [one, other] = ['1.0', '1.1'].map((version) => anInventory({ packages: [{ manager: 'deb', name: 'nginx', version }] }));
  const diff = await compared([OLD, NEW], { [RUN]: { inventory: one }, [OTHER_RUN]: { inventory: other } });
  expect(diff.inventory?.differences.map(({ kind, name, before, after }) => [kind, name, before, after])).toEqual([
    ['package', 'deb:nginx', '1.0', '1.1'],
  ]);
});

test('what is in two versions stands in every format, with what could not be read and that it is the sandbox’s', async () => {
  const source = { kind: 'machine', name: 'test VM of web', simulated: true } as const;
  const packages = [aPackage('htop', { asked: true }), aPackage('nginx', { version: '1.0' })];
  const one = anInventory({ source, packages });
  const other = anInventory({
    source,
    packages: [aPackage('nginx', { version: '1.1' }), aPackage('<b>')],
    unread: [{ place: '/etc/shadow', reason: 'no | leave' }],
  });
  const kept = [one, other].map((inventory) => ({ report: json(OLD_REPORT), inventory }));
  const diff = await compared([OLD, NEW], { [RUN]: kept[0] ?? {}, [OTHER_RUN]: kept[1] ?? {} });
  const text = renderDiff(diff, 'text').split('\n');
  expect([text[1], ...text.slice(text.indexOf('package (3)'))]).toEqual([
    'simulated: one of the two is the sandbox’s',
    'package (3)',
    '  unexplained  missing  deb:htop   1.0-1         the new image does not have it',
    '  explained    changed  deb:nginx  1.0    1.1    the new image has a newer version',
    '  explained    added    deb:<b>           1.0-1  it comes with the base or with what was installed on it',
    '',
    'could not be read (1)',
    '  after  /etc/shadow  no | leave',
    '',
  ]);
  const markdown = renderDiff(diff, 'markdown');
  expect(markdown.slice(markdown.indexOf('### package')).split('\n')).toEqual([
    '### package (3)',
    '',
    '| verdict | change | name | before | after | reason |',
    '| --- | --- | --- | --- | --- | --- |',
    '| unexplained | missing | deb\\:htop | 1.0-1 |  | the new image does not have it |',
    '| explained | changed | deb\\:nginx | 1.0 | 1.1 | the new image has a newer version |',
    '| explained | added | deb\\:&lt;b&gt; |  | 1.0-1 | it comes with the base or with what was installed on it |',
    '',
    '### could not be read (1)',
    '',
    '| side | place | reason |',
    '| --- | --- | --- |',
    '| after | /etc/shadow | no \\| leave |',
    '',
  ]);
  expect(markdown).toContain('> **simulated: one of the two is the sandbox’s**');
  const { inventory } = JSON.parse(renderDiff(diff, 'json'));
  expect([inventory.unread, inventory.differences.length, inventory.before.simulated]).toEqual([
    [{ side: 'after', place: '/etc/shadow', reason: 'no | leave' }],
    3,
    true,
  ]);
});

test('named versions, of which a staged one never is the one before', async () => {
  const staged = released(10, { excludeFromLatest: true });
  const { 'regild-published': _, ...tags } = staged.tags;
  const versions = [OLD, { ...staged, tags }, NEW];
  const named = await compared(versions, {}, { before: staged.name, after: OLD.name });
  expect([(await compared(versions, {})).before.version, named.before.version, named.after.version]).toEqual([
    OLD.name,
    staged.name,
    OLD.name,
  ]);
  const refused = await compared([OLD], {}).catch((error) => error);
  expect(refused instanceof RegildError && refused.message).toBe('web has no two published versions that could be compared');
  const unknown = await compared(versions, {}, { before: '1.0.0' }).catch((error) => error);
  expect(unknown instanceof RegildError && unknown.message).toBe('web has no version 1.0.0');
  const both = await compared(versions, {}, { before: '1.0.0', after: '2.0.0' }).catch((error) => error);
  expect(both instanceof RegildError && both.message).toBe('web has no version 1.0.0 and none 2.0.0');
});

test('reads as text, Markdown and JSON, and tags of others are no markup', async () => {
  const hostile = released(20, { tags: { 'regild-run': OTHER_RUN, '<b>': '\u001b[2J|`' } });
  const diff = await compared([OLD, hostile], {});
  expect(renderDiff(diff, 'text')).toContain('web: 2026.1101.0 → 2026.1120.0\n  before        2026.1101.0, of which nothing is kept\n');
  expect(renderDiff(diff, 'markdown')).toContain('| &lt;b&gt; | – | \\\\u001b\\[2J\\|\\` |');
  expect(JSON.parse(renderDiff(diff, 'json'))).toEqual(JSON.parse(JSON.stringify(diff)));
  expect(renderDiff(diff, 'text')).not.toContain('\u001b');
});

test('a container comes before the run folder, and one that somebody spoilt is refused by name', async () => {
  const container = 'https://corpimages.blob.core.windows.net/records';
  const blobs = new Map([[`${container}/gal/web/${OLD.name}/report.json`, JSON.stringify(OLD_REPORT)]]);
  const read = async (ref: { readonly container: string; readonly path: string }) => blobs.get(`${ref.container}/${ref.path}`);
  const context = fakeContext({ gallery: { versions: async () => [OLD, NEW] }, blobs: { read } });
  const spec = aSpec({ records: { container } });
  const found = () => compareVersions(spec, {}, context, () => ({ load: async () => undefined }));
  expect((await found()).before.record).toBe(container);
  blobs.set(`${container}/gal/web/${OLD.name}/report.json`, '{"kind":"Report"}');
  const refused = await found().catch((error) => error);
  expect(refused instanceof RegildError && [refused.code, refused.message]).toEqual([
    'ARTIFACT_INVALID',
    `the record report.json of ${container} cannot be read`,
  ]);
});
