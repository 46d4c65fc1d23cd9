import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { reportLines, type SavedReport, withReportFile } from '../../src/adapters/report-file.ts';
import type { Report } from '../../src/model/index.ts';
import { redacting } from '../../src/model/redact.ts';

const RUN = { kind: 'Report', runId: 'r', clouds: { aws: '"images": []', azure: '\n  "images": []' }, issues: [] };
const IMAGES = [
  { kind: 'ImageReport', image: 'web', text: 'ü\n{"kind":"ImageReport"}\n\u2028' },
  { kind: 'ImageReport', image: 'db', list: [{}, []] },
];

function lines(images: readonly object[], run: object = RUN): string {
  return [...reportLines({ ...run, images } as unknown as Report)].join('');
}

function written(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'regild-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'report.json'), text);
  return join(folder, 'report.json');
}

const all = ({ run, images }: SavedReport) => ({ run, images: [...images], again: [...images] });

test.each([
  ['of ours', lines(IMAGES)],
  ['of ours with an image less', lines(IMAGES.slice(0, 1))],
  ['of ours without images', lines([])],
  ['as JSON.stringify indents it', JSON.stringify({ ...RUN, images: IMAGES }, null, 2)],
  ['in one line', JSON.stringify({ ...RUN, images: IMAGES })],
  ['indented by nothing but line ends', JSON.stringify({ ...RUN, images: IMAGES }, null, 2).replaceAll(/^ +/gm, '')],
  ['with the line ends of Windows', lines(IMAGES).replaceAll('\n', '\r\n')],
  ['without a line end at its end', lines(IMAGES).trimEnd()],
])('a report %s is read as JSON.parse reads it, as often as wanted', async (_, text) => {
  const { images, ...run } = JSON.parse(text);
  expect(await withReportFile(written(text), all)).toEqual({ run: { ...run, images: [] }, images, again: images });
});

test('whatever is in a report, its lines are the same JSON', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.dictionary(fc.string(), fc.jsonValue()), (images, clouds) => {
      const report = { kind: 'Report', clouds, images, issues: [] };
      expect(JSON.parse(lines(images, { kind: 'Report', clouds, issues: [] }))).toEqual(JSON.parse(JSON.stringify(report)));
    }),
  );
});

test('a letter of several bytes may lie on the edge of two reads, and an image be longer than a read', async () => {
  const images = [{ text: 'ü'.repeat(1024 * 1024 + 1) }, { text: 'x'.repeat(3 * 1024 * 1024) }];
  const read = await withReportFile(written(lines(images)), ({ images: found }) => [...found]);
  expect(JSON.stringify(read) === JSON.stringify(images)).toBe(true);
});

test('a secret in the line of an image is hidden like everywhere', () => {
  const way = redacting('json');
  const text = [...reportLines({ ...RUN, images: [{ said: 'password=hunter2-hunter2' }, { said: 'a' }] } as unknown as Report)];
  const saved = text.map((piece) => way.push(piece)).join('') + way.end();
  expect(JSON.parse(saved)).toEqual({ ...RUN, images: [{ said: 'password=***' }, { said: 'a' }] });
});

test('a report that is written anew while it is read is read as it was', async () => {
  const path = written(lines(IMAGES));
  const read = await withReportFile(path, ({ images }) => {
    const before = [...images];
    writeFileSync(`${path}.part`, lines([]));
    renameSync(`${path}.part`, path);
    return [before, [...images]];
  });
  expect(read).toEqual([IMAGES, IMAGES]);
});

test('no report is none', async () => {
  expect(await withReportFile(join(tmpdir(), 'regild-no-such-folder/report.json'), all)).toBeUndefined();
});

test.each([
  ['cut within its frame', lines(IMAGES).slice(0, 30)],
  ['cut within an image', lines(IMAGES).slice(0, -80)],
  ['cut between images', `${lines(IMAGES).split('\n').slice(0, 11).join('\n')}\n`],
  ['empty', ''],
  ['of an image that is none', lines(IMAGES).replace('"image":"web"', '"image":web')],
])('a report that is %s is told', async (_, text) => {
  const path = written(text);
  await expect(withReportFile(path, all)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID', message: `${path} is not JSON` });
});

test('what is no report at all is handed on as it is', async () => {
  expect(await withReportFile(written('7'), all)).toEqual({ run: 7, images: [], again: [] });
  expect(await withReportFile(written('{"images":7}'), all)).toEqual({ run: { images: [] }, images: [], again: [] });
});
