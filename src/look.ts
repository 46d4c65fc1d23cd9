import { runFleet } from './fleet.ts';
import { type Looked, lookAtFleet } from './living/look.ts';
import { blocks, type ImageReport, type ImageSpec } from './model/index.ts';
import type { Context } from './ports.ts';

/** Plans each image as a build would, and looks at what there is. An image that cannot be planned is looked at all the same. Writes nothing to the clouds. */
export async function lookAt(specs: readonly ImageSpec[], context: Context, concurrency: number): Promise<readonly Looked[]> {
  // The production half of an image is copied, not built.
  const built = specs.filter(({ copyOf }) => copyOf === undefined);
  const reports = await runFleet(built, context, { until: 'plan', resume: false, force: true, concurrency });
  return lookAtFleet(
    specs.map((spec) => ({ spec, ...planned(reports.find(({ image }) => image === spec.name)) })),
    context,
  );
}

/** What blocks a build does not block a look: it is a warning here. */
function planned(report: ImageReport | undefined) {
  const issues = report?.issues.filter(blocks).map((issue) => ({ ...issue, severity: 'warning' as const })) ?? [];
  return { plan: report?.issues.some(blocks) ? undefined : report?.plan, issues };
}
