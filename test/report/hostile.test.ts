import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Report } from '../../src/model/index.ts';
import { REPORT_FORMATS, renderExplanation } from '../../src/report/index.ts';
import { rounds } from '../rounds.ts';
import { EXPLAINED, REPORT, rendered } from './fixture.ts';

const HOSTILE =
  '${env("PATH")}"; rm -rf / # </td></pre><script>alert(1)</script> \u001b[31mred\u0007 | `x` [a](javascript:y) @all https://e.vil\r\n]]>&amp;\u202egnp.exe\ufffe\ud800';

/** The fixture with a text put where clouds and users put theirs. */
function reportWith(text: string): Report {
  return {
    ...REPORT,
    command: text,
    runId: text,
    clouds: { aws: text, azure: text, simulated: true },
    images: REPORT.images.map((image) => ({
      ...image,
      image: text,
      analysis: image.analysis && {
        ...image.analysis,
        ami: { ...image.analysis.ami, name: text },
        distro: { value: text, confidence: 'low', evidence: [{ from: text, observed: text, suggests: text, confidence: 'low' }] },
      },
      match: image.match && {
        ...image.match,
        candidates: image.match.candidates.map((candidate) => ({
          ...candidate,
          differences: [text],
          reasons: [{ code: 'X', text, points: 1 }],
        })),
        rejected: [{ base: 'x', urn: text, reason: text }],
        questions: [{ code: 'LICENCE_CHOICE', text, options: [{ value: text, consequence: text }], answerWith: text }],
      },
      plan: image.plan && { ...image.plan, components: [{ id: text, title: text, action: 'keep', reason: text, azureEquivalent: text }] },
      validation: image.validation && {
        ...image.validation,
        vms: [
          {
            vmSize: text,
            controller: 'SCSI',
            checks: [{ id: text, title: text, severity: 'block', status: 'fail', detail: text }],
            serialLog: text,
          },
        ],
      },
      published: image.published && { ...image.published, regions: [{ name: text, state: 'Failed', progress: 3, detail: text }] },
      issues: [{ severity: 'error', code: 'BUILD_FAILED', message: text, hint: text, place: { file: text, line: 1, column: 1 } }],
    })),
  };
}

/** Text that a reader sees differently from what it is. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;
const unseen = (text: string) => text.split('\n').filter((line) => UNSEEN.test(line));

describe.each(REPORT_FORMATS)('%s', (format) => {
  test('shows every character as it is', () => {
    expect(unseen(rendered(reportWith(HOSTILE), format))).toEqual([]);
  });

  test('has as many lines as with harmless text', () => {
    const harmless = rendered(reportWith('harmless'), format);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        fc.pre(!text.includes('\n') && text !== '0' && text.trim() !== '');
        const document = rendered(reportWith(text), format);
        expect(unseen(document)).toEqual([]);
        expect(document.split('\n').length).toBe(harmless.split('\n').length);
      }),
      { numRuns: rounds(10, 30) },
    );
  });
});

/** What stands between backticks may become code in a page (test/report/prose.test.ts), and nothing becomes anything else. */
test.each(['html', 'junit'] as const)('%s has the same elements whatever the text', (format) => {
  const tags = (text: string) =>
    rendered(reportWith(text), format)
      .match(/<[^>]*>/g)
      ?.map((tag) => tag.split(/[\s>]/)[0])
      .filter((tag) => tag !== '<code' && tag !== '</code');
  expect(tags(HOSTILE)).toEqual(tags('harmless'));
});

test('attributes stay closed', () => {
  const attributes = [...rendered(reportWith(`" onload='x' ${HOSTILE}`), 'junit').matchAll(/<testcase ([^>]*?)\/?>/g)].map(
    ([, inside = '']) => inside.replace(/"[^"]*"/g, '""'),
  );
  expect(new Set(attributes)).toEqual(new Set(['name="" classname="" time=""']));
});

test('Markdown text is no markup', () => {
  const markdown = rendered(reportWith('<b>*x* _y_ [a](b) @all #1 https://e.vil www.e.vil | :tada:'), 'markdown');
  // A summary is HTML, in which Markdown is no markup.
  const outsideCode = markdown.replace(/^<details>.*$/gm, '').replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
  expect(outsideCode).toContain('&lt;b&gt;\\*x\\* \\_y\\_ \\[a\\](b) \\@all \\#1 https\\://e.vil www\\.e.vil \\| \\:tada:');
  expect(outsideCode).not.toMatch(/<b>|[^\\]\*x|[^\\]\[a|[^\\]@all|https:|www\.e|:tada\b(?<!\\:tada)/);
});

test('JSON keeps the value and shows nothing unseen', () => {
  const json = rendered(reportWith(HOSTILE), 'json');
  expect(z.object({ command: z.string() }).parse(JSON.parse(json)).command).toBe(HOSTILE);
});

test('an explanation shows every character as it is', () => {
  const image = reportWith(HOSTILE).images[0];
  const analysis = image?.analysis ?? EXPLAINED.analysis;
  expect(unseen(renderExplanation(analysis, image?.match, image?.plan))).toEqual([]);
});
