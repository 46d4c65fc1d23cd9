import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseHcl } from '@cdktn/hcl2json';
import { describe, expect, test } from 'vitest';
import {
  Analysis,
  BaseMatch,
  BuildPlan,
  BuildResult,
  GalleryVersion,
  type ImageReport,
  Preflight,
  RenderedTemplate,
  ValidationReport,
} from '../../src/model/index.ts';
import { renderExplanation } from '../../src/report/index.ts';
import { inSandbox, renderWith, scenarioSpec, walk } from './walk.ts';

const SCENARIOS = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Field of the report, schema and golden file of each artifact. */
const ARTIFACTS = [
  ['analysis', Analysis],
  ['match', BaseMatch],
  ['plan', BuildPlan],
  ['preflight', Preflight],
  ['build', BuildResult],
  ['validation', ValidationReport],
  ['published', GalleryVersion],
] as const;

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

async function expectTemplate(template: RenderedTemplate, expected: string): Promise<void> {
  expect(RenderedTemplate.parse(JSON.parse(json(template)))).toEqual(JSON.parse(json(template)));
  for (const { path, content } of template.files) {
    if (path.endsWith('.hcl')) await expect(parseHcl(path, content)).resolves.toBeTypeOf('object');
    // The guest's files are sources of their own; what the engine made of the plan is the golden part.
    if (path.startsWith('guest/')) continue;
    if (path.endsWith('.json')) expect(json(JSON.parse(content))).toBe(content);
    await expect(content).toMatchFileSnapshot(join(expected, template.engine, path));
  }
}

describe.each(SCENARIOS)('%s', (name) => {
  const folder = join(import.meta.dirname, name);
  const expected = join(folder, 'expected');

  test('walks from the AMI to a promoted, replicated gallery version', async () => {
    await inSandbox(folder, {}, async (run) => {
      const spec = scenarioSpec(folder);
      const report: ImageReport = await walk(spec, run);
      expect(report.issues.filter(({ severity }) => severity === 'error' || severity === 'question')).toEqual([]);
      expect(report.outcome).toBe('published');
      for (const [field, schema] of ARTIFACTS) {
        const artifact = report[field];
        expect(schema.parse(JSON.parse(json(artifact)))).toEqual(JSON.parse(json(artifact)));
        await expect(json(artifact)).toMatchFileSnapshot(join(expected, `${field}.json`));
      }
      if (report.analysis)
        await expect(renderExplanation(report.analysis, report.match)).toMatchFileSnapshot(join(expected, 'explanation.txt'));
      if (report.template) await expectTemplate(report.template, expected);
      const { template, plan } = await renderWith(spec.engine === 'packer' ? 'image-builder' : 'packer', spec, report, run.context);
      expect(plan.definition).toEqual(report.plan?.definition);
      await expectTemplate(template, expected);
    });
  });
});
