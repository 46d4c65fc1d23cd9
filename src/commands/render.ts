import { resolve } from 'node:path';
import { exitCodeOf } from '../exit-code.ts';
import type { ImageReport } from '../model/index.ts';
import { renderReport } from '../report/index.ts';
import type { Verb } from './command.ts';
import { createArtifacts } from './files.ts';
import { type FleetFlags, type LockFlags, withFleetOptions, withLockOptions } from './options.ts';
import { walkLocked } from './run-fleet.ts';

type RenderFlags = FleetFlags & LockFlags & { readonly out: string };

/** Writes the engine's files for each image to a folder of its own. */
export const renderVerb: Verb = (program, run) =>
  withLockOptions(withFleetOptions(program))
    .option('-o, --out <folder>', 'where to write', 'rendered')
    .action((images: string[], flags: RenderFlags) =>
      run(async (io) => {
        const report = await walkLocked(images, flags, { until: 'plan', force: false, command: 'render' }, io);
        const store = createArtifacts(resolve(io.folder, flags.out));
        const written = await Promise.all(report.images.map((image) => writeFiles(image, store)));
        io.out(
          flags.json
            ? `${JSON.stringify(written.flat(), null, 2)}\n`
            : written
                .flat()
                .map((path) => `${path}\n`)
                .join(''),
        );
        if (report.images.some(({ template }) => !template)) io.diagnostics.write(renderReport(report, 'text'));
        return exitCodeOf(report);
      }),
    );

async function writeFiles({ image, template }: ImageReport, store: ReturnType<typeof createArtifacts>): Promise<readonly string[]> {
  if (!template) return [];
  const folder = await store.saveFiles(image, template.engine, template.files);
  return template.files.map(({ path }) => `${folder}/${path}`);
}
