import type { BuildPlan } from '../../model/index.ts';
import type { Assets } from '../../ports.ts';
import { goTemplateText, hclString } from '../encode.ts';
import type { Engine, RenderedFile } from '../engine.ts';
import { readGuestWork } from '../guest-work.ts';
import { compileTemplate, type Encoders, type Template } from '../handlebars.ts';
import { alignHcl } from './align.ts';
import { buildWithPacker, readyPacker } from './build.ts';
import { packerLosses } from './losses.ts';
import { type PackerView, packerView } from './view.ts';

/** The HCL files, the one to read first. */
const FILES = ['build.pkr.hcl', 'source.pkr.hcl', 'variables.pkr.hcl', 'plugins.pkr.hcl'] as const;

/** HashiCorp Packer: the plan as an HCL2 folder for the azure-arm builder, with the guest's files beside it in `guest/`. */
export const packer: Engine = {
  name: 'packer',
  version: async (ports) => (ports.packer.kind === 'program' ? ports.packer.version() : undefined),
  losses: packerLosses,
  render,
  ready: readyPacker,
  build: buildWithPacker,
};

async function render(plan: BuildPlan, assets: Assets): Promise<readonly RenderedFile[]> {
  const work = await readGuestWork(plan, assets);
  const view = packerView(plan, work);
  const configuration = await Promise.all(FILES.map((path) => renderFile(path, view, assets)));
  return [...configuration, ...work.files.map(({ path, content }) => ({ path: `guest/${path}`, content }))];
}

async function renderFile(path: string, view: PackerView, assets: Assets): Promise<RenderedFile> {
  const fill = await assets.ownAs(`packer-templates/packer/${path}.hbs`, compiled);
  return { path, content: alignHcl(fill(view)) };
}

function compiled(text: string, path: string): Template {
  return compileTemplate({ path, text }, ENCODERS);
}

const ENCODERS: Encoders = { hcl: pluginValue, label: (value) => hclString(String(value)) };

/**
 * A value of a plugin's configuration: numbers as they are, all else as a string that neither HCL nor Go's templates read into. What Packer itself
 * reads, such as the names of blocks, is a `label`: HCL only.
 */
function pluginValue(value: unknown): string {
  return typeof value === 'number' ? String(value) : hclString(goTemplateText(String(value)));
}
