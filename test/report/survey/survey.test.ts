import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Image } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { NO_WISHES } from '../../../src/match/index.ts';
import type { Survey } from '../../../src/model/index.ts';
import { SCRIPT } from '../../../src/report/survey/html-script.ts';
import { renderSurvey, SURVEY_FORMATS } from '../../../src/report/survey/index.ts';
import { surveyRecords } from '../../../src/survey/index.ts';
import { NOW } from '../../fakes/context.ts';
import { amis, MIXED, record } from '../../survey/an-account.ts';

const CATALOG = await loadCatalog();
/** JSON is kept as text, so that no formatter lays it out anew. */
const FILES = { text: 'survey.txt', markdown: 'survey.md', json: 'survey.json.txt', html: 'survey.html' } as const;

function surveyOf(...records: readonly Image[]): Survey {
  return surveyRecords(amis(...records), CATALOG, NO_WISHES, NOW);
}

/** The mixed account, with a machine and a launch template on each of its web images. */
function mixed(): Survey {
  const survey = surveyOf(...MIXED);
  const use = { instances: [{ id: 'i-0aaaaaaaaaaaaaaa1', type: 'm6i.large' }], launchTemplates: ['web <b>'] };
  const images = survey.images.map((image) =>
    image.name?.startsWith('web') ? { ...image, use } : { ...image, use: { instances: [], launchTemplates: [] } },
  );
  return { ...survey, images, issues: [{ severity: 'warning', code: 'CLOUD_DENIED', message: 'AWS refused <ec2:DescribeInstances>' }] };
}

test.each(SURVEY_FORMATS)('a mixed account as %s', async (format) => {
  await expect(rendered(mixed(), format)).toMatchFileSnapshot(join(import.meta.dirname, 'golden', FILES[format]));
});

describe('hostile names', () => {
  const hostile = '<script>alert(1)</script> | `x` [a](javascript:b) \u202e\u001b[2J\r\n# "\' &amp; ${x}';

  test('text and JSON hold no control character, JSON keeps the value', () => {
    const survey = surveyOf(record({ Name: hostile }));
    for (const format of ['text', 'json'] as const) {
      const document = rendered(survey, format);
      expect(['\u001b', '\u202e', '\r'].filter((character) => document.includes(character))).toEqual([]);
    }
    expect(JSON.parse(rendered(survey, 'json')).images[0].name).toBe(hostile);
  });

  test('HTML holds no element, attribute or class of theirs', () => {
    const html = rendered(surveyOf(record({ Name: hostile }), record({ ImageId: hostile, OwnerId: hostile })), 'html');
    expect(html.replace(`<script>${SCRIPT}</script>`, '')).not.toMatch(/<script|<img|javascript:b"/);
    expect(
      [...html.matchAll(/(?:class|id)="([^"]*)"/g)].map(([, value]) => value).filter((value) => !/^[a-z0-9 -]*$/.test(value ?? '')),
    ).toEqual([]);
  });

  test('a Markdown table keeps one row for each AMI', () => {
    const markdown = rendered(surveyOf(record({ Name: hostile })), 'markdown');
    const rows = markdown.split('\n').filter((line) => line.includes('ami-0aaaaaaaaaaaaaaa1') && line.includes('rebuild |'));
    expect(rows).toHaveLength(1);
    expect(markdown).not.toMatch(/<script|(?<!\\)\]\(/);
  });
});

test.each(SURVEY_FORMATS)('an empty account as %s', (format) => {
  expect(rendered(surveyOf(), format)).toMatch(/0 AMIs|"images": \[\]/);
});

function rendered(...words: Parameters<typeof renderSurvey>): string {
  return [...renderSurvey(...words)].join('');
}

test('the page sends no request and runs no script but its own', () => {
  const html = rendered(mixed(), 'html');
  const [, script = ''] = /<script>(.*)<\/script>/s.exec(html) ?? [];
  const hash = createHash('sha256').update(script).digest('base64');
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'"`);
  expect([html.match(/<script/g)?.length, script]).toEqual([1, SCRIPT]);
  expect(html).not.toMatch(/\bsrc=|\bhref=|@import|url\(/);
});

test('every check box of the page hides rows that exist', () => {
  const html = rendered(mixed(), 'html');
  const boxes = [...html.matchAll(/<input type="checkbox" id="(\w+)"/g)].map(([, id]) => id);
  const hidden = [...html.matchAll(/\.chosen:has\(#(\w+):not\(:checked\)\) ~ section tbody\.(\w+) /g)].map(([, id, name]) => [id, name]);
  expect(hidden).toEqual(boxes.map((id) => [id, id]));
  const used = new Set([...html.matchAll(/<tbody class="([^"]*)"/g)].flatMap(([, names]) => names?.split(' ')));
  expect(boxes.filter((id) => !used.has(id))).toEqual([]);
});
