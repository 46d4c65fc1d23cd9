import { exitCodeOf } from '../exit-code.ts';
import type { ImageReport } from '../model/index.ts';
import { renderExplanation, renderJson } from '../report/index.ts';
import { adHocSpec } from './ad-hoc-spec.ts';
import type { Verb } from './command.ts';
import { afterReading } from './next-steps.ts';
import { type FleetFlags, withFleetOptions } from './options.ts';
import { goOn } from './print.ts';
import { walkFleet, walkSpecs } from './run-fleet.ts';

/** The whole reasoning about images of the manifest, or about any AMI, as a tree. */
export const explainVerb: Verb = (program, run) =>
  withFleetOptions(program)
    .option('--region <name>', 'AWS region of an AMI id')
    .action((subjects: string[], flags: FleetFlags & { readonly region?: string }) =>
      run(async (io) => {
        const work = { until: 'match', force: false, command: 'explain' } as const;
        const amis = subjects.filter((subject) => subject.startsWith('ami-'));
        const report =
          amis.length > 0
            ? await walkSpecs({ specs: amis.map((id) => adHocSpec(id, flags.region)), known: amis, folder: io.folder }, flags, work, io)
            : await walkFleet(subjects, flags, work, io);
        if (flags.json) for (const piece of renderJson(report)) io.out(piece, 'json');
        else io.tell(report.images.map(explain).join('\n'));
        goOn(afterReading('explain', report, flags), flags.json, io);
        return exitCodeOf(report);
      }),
    );

function explain({ image, analysis, match, issues }: ImageReport): string {
  if (analysis) return renderExplanation(analysis, match);
  return `${image}\n${issues.map(({ code, message, hint }) => `  error ${code}: ${message}${hint ? `\n    hint ${hint}` : ''}`).join('\n')}\n`;
}
