import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { parse as parseHcl } from '@cdktn/hcl2json';
import { describe, expect, test } from 'vitest';
import {
  BaseMatch,
  type BuildPlan,
  BuildResult,
  GalleryVersion,
  type ImageReport,
  type PlannedCheck,
  Preflight,
  RenderedTemplate,
  ReportedAnalysis,
  ReportedPlan,
  ReportedValidation,
  reportedPlan,
  reportedTemplate,
  sha256,
} from '../../src/model/index.ts';
import { readPlanned } from '../../src/pipeline.ts';
import { renderExplanation } from '../../src/report/index.ts';
import { scenarioFolders } from './folders.ts';
import { checkRows, checksOf, componentsOf, type Gathered } from './gathered.ts';
import {
  actionsOf,
  filesWritten,
  hashesOf,
  isCheckScript,
  type NameOf,
  readablePlan,
  readableTemplate,
  readableValidation,
} from './readable.ts';
import { inSandbox, renderWith, scenarioSpec, walk } from './walk.ts';

const SCENARIOS = scenarioFolders().map((folder) => basename(folder));

/** Field of the report, schema and golden file of each artifact. */
const ARTIFACTS = [
  ['analysis', ReportedAnalysis],
  ['match', BaseMatch],
  ['plan', ReportedPlan],
  ['preflight', Preflight],
  ['build', BuildResult],
  ['validation', ReportedValidation],
  ['published', GalleryVersion],
] as const;

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Contents of the guest's tables in this run -> the golden that shows it: the first scenario's that has it, so that each is there once. */
const tables = new Map<string, string>();

/** A scenario after its walk: what was reported and planned, and what the engine that was not chosen makes of the same plan. */
interface Walked extends Gathered {
  readonly report: ImageReport;
  readonly template: RenderedTemplate;
  readonly other: { readonly template: RenderedTemplate; readonly plan: BuildPlan };
}

/** Each scenario is walked once, by the first test that asks for it. */
const walks = new Map<string, Promise<Walked>>();

function walked(name: string): Promise<Walked> {
  const walking = walks.get(name) ?? walkThrough(name);
  walks.set(name, walking);
  return walking;
}

function walkThrough(name: string): Promise<Walked> {
  const folder = join(import.meta.dirname, name);
  return inSandbox(folder, {}, async (run) => {
    const spec = scenarioSpec(folder);
    const report: ImageReport = await walk(spec, run);
    const { plan, template } = await readPlanned(spec.name, run.context.ports.artifacts);
    const other = await renderWith(plan.engine === 'packer' ? 'image-builder' : 'packer', spec, report, run.context);
    return { scenario: name, report, plan, template, other };
  });
}

function allWalked(): Promise<readonly Walked[]> {
  return Promise.all(SCENARIOS.map(walked));
}

function tableOf(name: string): NameOf {
  return ({ path, content }) => {
    const golden = tables.get(content) ?? onDisk(path, content) ?? posix.join(name, 'expected/guest', path);
    tables.set(content, golden);
    return `<< ${golden}`;
  };
}

function onDisk(path: string, content: string): string | undefined {
  const candidates = SCENARIOS.map((name) => posix.join(name, 'expected/guest', path));
  return candidates.find((candidate) => {
    const file = join(import.meta.dirname, candidate);
    return existsSync(file) && readFileSync(file, 'utf8') === content;
  });
}

async function expectPlan(plan: BuildPlan, name: string): Promise<void> {
  const root = join(import.meta.dirname, '../..');
  const scripts = hashesOf(plan).map(({ path }) => ({ path, sha256: sha256(readFileSync(join(root, path), 'utf8')) }));
  expect(hashesOf(plan)).toEqual(scripts);
  expectChecks(plan);
  const components = plan.components.map(({ id }) => id);
  expect(components).toEqual(components.toSorted());
  if (plan.os.family === 'linux') expect(actionsOf(plan)).toEqual(new Map(plan.components.map(({ id, action }) => [id, action])));
  await expect(json(readablePlan(plan, tableOf(name)))).toMatchFileSnapshot(join(import.meta.dirname, name, 'expected/plan.json'));
  for (const [content, golden] of tables) {
    if (golden.startsWith(`${name}/`)) await expect(content).toMatchFileSnapshot(join(import.meta.dirname, golden));
  }
}

/** The checks that the plan names, in each of the guest's forms: the table of all, those that a VM is asked, and their scripts. */
function expectChecks(plan: BuildPlan): void {
  const rows = checkRows(plan);
  const asked = rows.filter(([, , stages = '']) => stages.split(',').some((stage) => stage === 'test-vm' || stage === 'restarted'));
  const rowOf = ({ id, severity, stages, added }: PlannedCheck) => [id, severity, stages.join(','), ...(added ? ['own'] : [])];
  expect(plan.checks.map(rowOf)).toEqual(asked);
  const brought = plan.guestFiles.map(({ path }) => path).filter((path) => path.startsWith('checks/'));
  const scripts = [...plan.guestScripts.map(({ path }) => path).filter(isCheckScript), ...brought];
  expect(scripts.map((path) => posix.basename(path, posix.extname(path)))).toEqual(rows.map(([id]) => id));
}

async function expectValidation({ validation }: ImageReport, plan: BuildPlan, expected: string): Promise<void> {
  if (!validation) throw new Error('nothing was validated');
  const beforeRestart = plan.checks.filter(({ stages }) => !stages.includes('restarted'));
  const asked = [...beforeRestart, ...plan.checks.filter((check) => !beforeRestart.includes(check))].map(({ id, title, severity }) => ({
    id,
    title,
    severity,
  }));
  for (const { checks } of validation.vms) expect(checks.map(({ id, title, severity }) => ({ id, title, severity }))).toEqual(asked);
  const text = json(readableValidation(validation)).replaceAll(plan.digest, '<digest>');
  await expect(text).toMatchFileSnapshot(join(expected, 'validation.json'));
}

/** What the engine made of the plan is the golden part; the guest's files are sources of their own, and have to arrive as they are. */
async function expectTemplate(template: RenderedTemplate, plan: BuildPlan, expected: string): Promise<void> {
  expect(RenderedTemplate.parse(JSON.parse(json(template)))).toEqual(JSON.parse(json(template)));
  for (const { path, content } of template.files) {
    if (path.endsWith('.hcl')) await expect(parseHcl(path, content)).resolves.toBeTypeOf('object');
    if (path.startsWith('guest/')) continue;
    if (path.endsWith('.json')) expect(json(JSON.parse(content))).toBe(content);
    const isTemplate = path === 'template.json' && template.engine === 'image-builder';
    if (isTemplate) expect(planned(filesWritten(content), plan)).toEqual(plannedFiles(plan));
    await expect(isTemplate ? readableTemplate(content, plan) : content.replaceAll(plan.digest, '<digest>')).toMatchFileSnapshot(
      join(expected, template.engine, path),
    );
  }
}

/** The files that a plan wants in the guest's folder, with their hashes; the user's steps bring more. */
function plannedFiles({ guestFiles, guestScripts }: BuildPlan): Readonly<Record<string, string>> {
  const scripts = guestScripts.map(({ path, sha256: hash }) => [path.split('/').slice(2).join('/'), hash] as const);
  return Object.fromEntries([...scripts, ...guestFiles.map(({ path, content }) => [path, sha256(content)] as const)]);
}

function planned(files: ReadonlyMap<string, string>, plan: BuildPlan): Readonly<Record<string, string>> {
  const wanted = plannedFiles(plan);
  return Object.fromEntries([...files].filter(([path]) => path in wanted));
}

describe.each(SCENARIOS)('%s', (name) => {
  const expected = join(import.meta.dirname, name, 'expected');

  test('walks from the AMI to a promoted, replicated gallery version', async () => {
    const { report, plan, template, other } = await walked(name);
    expect(report.issues.filter(({ severity }) => severity === 'error' || severity === 'question')).toEqual([]);
    expect(report.outcome).toBe('published');
    for (const [field, schema] of ARTIFACTS) {
      const artifact = report[field];
      expect(schema.parse(JSON.parse(json(artifact)))).toEqual(JSON.parse(json(artifact)));
      const text = json(artifact).replaceAll(report.plan?.digest ?? '<none>', '<digest>');
      if (field !== 'plan' && field !== 'validation') await expect(text).toMatchFileSnapshot(join(expected, `${field}.json`));
    }
    expect(report.plan).toEqual(reportedPlan(plan));
    expect(report.template).toEqual(reportedTemplate(template));
    await expectPlan(plan, name);
    await expectValidation(report, plan, expected);
    if (report.analysis)
      await expect(renderExplanation(report.analysis, report.match)).toMatchFileSnapshot(join(expected, 'explanation.txt'));
    await expectTemplate(template, plan, expected);
    expect(other.plan.definition).toEqual(plan.definition);
    await expectTemplate(other.template, other.plan, expected);
  });
});

test('each table that stands in a golden of its own is named by the plan of its scenario', () => {
  const goldens = globSync('*/expected/guest/**', { cwd: import.meta.dirname }).filter((path) => /\.[a-z]+$/.test(path));
  const unnamed = goldens.filter((path) => {
    const [name = ''] = path.split('/');
    return !readFileSync(join(import.meta.dirname, name, 'expected/plan.json'), 'utf8').includes(`<< ${path}`);
  });
  expect(unnamed).toEqual([]);
});

test('what the plans say of components and checks, each said once', async () => {
  const gathered = await allWalked();
  await expect(componentsOf(gathered)).toMatchFileSnapshot(join(import.meta.dirname, 'components.txt'));
  await expect(checksOf(gathered)).toMatchFileSnapshot(join(import.meta.dirname, 'checks.txt'));
});

test('what each engine cannot express of each scenario is exact', async () => {
  const rendered = (await allWalked()).flatMap(({ scenario, template, other }) =>
    [template, other.template].map((one) => ({ scenario, template: one })),
  );
  const lines = rendered
    .toSorted((a, b) => (`${a.scenario} ${a.template.engine}` < `${b.scenario} ${b.template.engine}` ? -1 : 1))
    .flatMap(({ scenario, template: { engine, issues } }) => [
      `${scenario} ${engine}${issues.length === 0 ? ': nothing' : ''}`,
      ...issues.map(({ severity, code, message }) => `  ${severity} ${code} ${message}`),
    ]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'losses.txt'));
});
