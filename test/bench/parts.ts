import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { compileCatalog } from '../../src/catalog/compile.ts';
import { readCatalog } from '../../src/catalog/load.ts';
import { renderTemplate } from '../../src/engines/index.ts';
import { runFleet } from '../../src/fleet.ts';
import { parseManifest } from '../../src/manifest/index.ts';
import { scenarioFolders } from '../scenarios/folders.ts';
import { inSandbox, renderWith, scenarioSpec } from '../scenarios/walk.ts';
import { type Measurement, medianOf, times } from './measure.ts';

const [GOLDEN = ''] = scenarioFolders().filter((folder) => folder.endsWith('golden'));

/** How long a manifest with so many images takes to read. */
export async function manifest(images: number, runs: number): Promise<Measurement> {
  const text = stringify({
    version: 1,
    defaults: { target: { ...scenarioSpec(GOLDEN).target, definition: undefined }, regions: ['northeurope'] },
    images: Object.fromEntries(Array.from({ length: images }, (_, index) => [`image-${index}`, entry(index)])),
  });
  const parse = () => parseManifest(text, 'images.yaml', {});
  const { specs, issues } = parse();
  if (specs.length !== images) throw new Error(issues.map(({ message }) => message).join('; '));
  return { what: `manifest of ${images} images`, milliseconds: await medianOf(runs, parse), also: `${Math.round(text.length / 1024)} KiB` };
}

function entry(index: number): object {
  return {
    source: { owner: '123456789012', name: `app-${index}-*`, region: 'eu-west-1' },
    build: { identity: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id' },
    customize: [{ packages: ['nginx', 'chrony'] }, { shell: ['systemctl enable nginx'] }, { updates: true }],
    tags: { service: `app-${index}` },
  };
}

/** The catalog from its sources, and from the file that ships with the bundle. */
export async function catalog(runs: number): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'regild-bench-'));
  try {
    const [none, compiled] = [join(folder, 'none.json'), join(folder, 'catalog.json')];
    writeFileSync(compiled, compileCatalog(await readCatalog({ compiled: none })));
    const slow = await medianOf(runs, () => readCatalog({ compiled: none }));
    const fast = await medianOf(runs, () => readCatalog({ compiled }));
    return [
      { what: 'catalog from YAML', milliseconds: slow, also: '' },
      { what: 'catalog compiled', milliseconds: fast, also: `${times(slow, fast)} faster` },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One plan as the files of each engine. */
export async function rendering(runs: number): Promise<readonly Measurement[]> {
  return inSandbox(GOLDEN, {}, async ({ context }) => {
    const spec = scenarioSpec(GOLDEN);
    const [report] = await runFleet([spec], context, { until: 'match', resume: false, force: false, concurrency: 1 });
    if (!report) throw new Error('the fleet gave no report');
    const measured: Measurement[] = [];
    for (const engine of ['packer', 'image-builder'] as const) {
      const { plan, template } = await renderWith(engine, spec, report, context);
      const milliseconds = await medianOf(runs, () => renderTemplate(plan, context));
      measured.push({ what: `rendering for ${engine}`, milliseconds, also: `${template.files.length} files` });
    }
    return measured;
  });
}
