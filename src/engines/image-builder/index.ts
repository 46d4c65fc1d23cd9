import { scriptFile } from '../../guest/work.ts';
import type { BuildPlan } from '../../model/index.ts';
import type { Assets } from '../../ports.ts';
import { jsonText } from '../encode.ts';
import type { Engine, RenderedFile } from '../engine.ts';
import { ownScripts, readGuestWork } from '../guest-work.ts';
import { compileTemplate, type Template } from '../handlebars.ts';
import { buildWithImageBuilder } from './build.ts';
import { writeFile } from './deliver.ts';
import { joinItems, jsonItems } from './items.ts';
import { imageBuilderLosses } from './losses.ts';
import { imageBuilderView } from './view.ts';

const TEMPLATE = 'packer-templates/image-builder/template.json.hbs';

const ENCODERS = { json: jsonText, items: (groups: unknown) => (Array.isArray(groups) ? joinItems(groups) : '') };

/** Azure VM Image Builder: the plan as one template resource (API 2025-10-01), built by the managed service. */
export const imageBuilder: Engine = {
  name: 'image-builder',
  version: async (ports) => ports.imageBuilder.api,
  losses: imageBuilderLosses,
  render,
  build: buildWithImageBuilder,
};

async function render(plan: BuildPlan, assets: Assets): Promise<readonly RenderedFile[]> {
  const [fill, work, written] = await Promise.all([
    assets.ownAs(TEMPLATE, compiled),
    readGuestWork(plan, assets),
    assets.allOwnAs(
      ownScripts(plan).map(({ path }) => path),
      WRITTEN[plan.os.family],
    ),
  ]);
  return [{ path: 'template.json', content: fill(imageBuilderView(plan, work, new Map(written.values()))) }];
}

function compiled(text: string, path: string): Template {
  return compileTemplate({ path, text }, ENCODERS);
}

/** A script of regild's own as the items that write it, behind its path in the guest folder. */
const WRITTEN = { linux: writtenFor('linux'), windows: writtenFor('windows') } as const;

function writtenFor(system: BuildPlan['os']['family']) {
  return (text: string, script: string) => {
    const file = scriptFile(script, text);
    return [file.path, jsonItems(writeFile(system, file))] as const;
  };
}
