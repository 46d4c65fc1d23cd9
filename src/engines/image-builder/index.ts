import type { BuildPlan } from '../../model/index.ts';
import type { Assets } from '../../ports.ts';
import { jsonText } from '../encode.ts';
import type { Engine, RenderedFile } from '../engine.ts';
import { readGuestWork } from '../guest-work.ts';
import { fillTemplate } from '../handlebars.ts';
import { buildWithImageBuilder } from './build.ts';
import { imageBuilderLosses } from './losses.ts';
import { imageBuilderView } from './view.ts';

const TEMPLATE = 'packer-templates/image-builder/template.json.hbs';

/** `items` are groups of lines as items of a list at the depth of a customizer, one to a line: a fleet prints millions, which Handlebars would each call a helper for. */
const ENCODERS = {
  json: jsonText,
  items: (groups: unknown) =>
    Array.isArray(groups)
      ? groups
          .filter((lines) => lines.length > 0)
          .map(itemsText)
          .join(`,\n${INDENT}`)
      : '',
};

/** How deep they stand, which is as deep as JSON.stringify indents. */
const INDENT = ' '.repeat(10);

/** What groups of lines are as JSON: most of them are those of other images. */
const known = new WeakMap<readonly string[], string>();

function itemsText(lines: readonly string[]): string {
  const text = known.get(lines) ?? JSON.stringify(lines, undefined, INDENT).slice(`[\n${INDENT}`.length, -'\n]'.length);
  known.set(lines, text);
  return text;
}

/** Azure VM Image Builder: the plan as one template resource (API 2025-10-01), built by the managed service. */
export const imageBuilder: Engine = {
  name: 'image-builder',
  version: async (ports) => ports.imageBuilder.api,
  losses: imageBuilderLosses,
  render,
  build: buildWithImageBuilder,
};

async function render(plan: BuildPlan, assets: Assets): Promise<readonly RenderedFile[]> {
  const [text, work] = await Promise.all([assets.own(TEMPLATE), readGuestWork(plan, assets)]);
  const view = imageBuilderView(plan, work);
  return [{ path: 'template.json', content: fillTemplate({ path: TEMPLATE, text }, ENCODERS, view) }];
}
