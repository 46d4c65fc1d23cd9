import { resolve } from 'node:path';
import { exitCodeOf } from '../exit-code.ts';
import { ExitCode, type ImageReport, type RenderedFiles, RenderedTemplate, SCHEMA_VERSION } from '../model/index.ts';
import type { Artifacts } from '../ports.ts';
import { renderReport } from '../report/index.ts';
import { printedJson } from '../report/print-json.ts';
import type { Verb } from './command.ts';
import { createArtifacts } from './files.ts';
import { afterReading } from './next-steps.ts';
import { artifactsOfNoRun, keepingNothing } from './no-run.ts';
import { type FleetFlags, type LockFlags, withFleetOptions, withLockOptions } from './options.ts';
import { goOn } from './print.ts';
import { walkLocked } from './run-fleet.ts';

type RenderFlags = FleetFlags & LockFlags & { readonly out: string };

/** Writes the engine's files for each image to a folder of its own. */
export const renderVerb: Verb = (program, run) =>
  withLockOptions(withFleetOptions(program))
    .option('-o, --out <folder>', 'where to write', 'rendered')
    .action((images: string[], flags: RenderFlags) =>
      run(async (io) => {
        const out = resolve(io.folder, flags.out);
        const work = { until: 'plan', force: false, command: 'render', artifacts: writingTemplates(out) } as const;
        const report = await walkLocked(images, flags, work, io);
        const files = report.images.flatMap((image) => pathsOf(image, out));
        const written: RenderedFiles = { kind: 'RenderedFiles', schemaVersion: SCHEMA_VERSION, files };
        io.out(flags.json ? printedJson(written) : files.map((path) => `${path}\n`).join(''), 'exact');
        const code = exitCodeOf(report);
        // What is written may lack a step, or not be buildable: the files do not say so, and stdout holds their names only.
        if (code !== ExitCode.ok) for (const piece of renderReport(report, 'text')) io.diagnostics.write(piece);
        goOn(afterReading('render', report, flags), flags.json, io);
        return code;
      }),
    );

/** Writes each template's files as soon as it is rendered: reports name them only. */
function writingTemplates(out: string): Artifacts {
  const store = createArtifacts(out);
  return {
    ...keepingNothing(artifactsOfNoRun),
    save: async (image, artifact) => {
      if (artifact.kind !== 'RenderedTemplate') return;
      const { engine, files } = RenderedTemplate.parse(artifact);
      await store.saveFiles(image, engine, files);
    },
  };
}

function pathsOf({ image, template }: ImageReport, out: string): readonly string[] {
  return template?.files.map(({ path }) => `${resolve(out, image, template.engine)}/${path}`) ?? [];
}
