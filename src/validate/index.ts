import { removeEarlierAttempts } from '../earlier-attempts.ts';
import { type BuildPlan, type BuildResult, blocks, type Inventory, SCHEMA_VERSION, type ValidationReport } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { stagedVersion } from '../staged-version.ts';
import { hereThenElsewhere } from './in-regions.ts';
import { judged, recordOf } from './judged.ts';
import { measuringOf } from './measure.ts';
import { parityQuestion } from './parity.ts';
import { scriptsFor } from './scripts.ts';
import { type Answer, testShape } from './test-shape.ts';

/**
 * Boots one VM per shape that the definition claims from the staged version and runs the planned checks inside; those of other regions once the version
 * passed where it was built, and is replicated there. The image passes when nothing that was asked failed and something was answered. Where `before`, the
 * AMI's own inventory, is known, the first VM tells what arrived of it. Throws ARTIFACT_INVALID when a script is not the one that was planned.
 */
export async function validate(
  plan: BuildPlan,
  build: BuildResult,
  context: Context<'gallery' | 'subscription' | 'testVm' | 'ssh' | 'leftovers' | 'assets' | 'artifacts' | 'progress' | 'operator'>,
  before?: Inventory | undefined,
): Promise<ValidationReport> {
  const existing = await stagedVersion(plan, build, context);
  const { checks } = plan;
  const scripts = await scriptsFor(plan, context);
  const measuring = await measuringOf(plan, context.ports.assets, context.run.clouds.simulated);
  const question = await parityQuestion(plan, before, context.ports, { catalog: context.catalog, simulated: context.run.clouds.simulated });
  const earlier = await removeEarlierAttempts(plan, 'validate', context);
  const { answers, issues: ofRegions } = await hereThenElsewhere(plan, existing, context, {
    boot: (shape, signal, alone) =>
      testShape(
        {
          plan,
          versionId: build.versionId,
          shape,
          scripts,
          checks,
          measuring,
          question: shape === plan.test.shapes[0] ? question : undefined,
        },
        context,
        {
          signal,
          alone,
        },
      ),
    passes: (booted) => !judged(plan, booted).some(blocks),
  });
  const record = recordOf(plan, answers);
  const issues = [...judged(plan, answers), ...ofRegions, ...earlier];
  return {
    kind: 'ValidationReport',
    schemaVersion: SCHEMA_VERSION,
    image: plan.image,
    versionId: build.versionId,
    vms: answers.map(({ vm }) => vm),
    components: record.components,
    recorded: record.recorded,
    ...(record.built && { built: record.built }),
    parity: answers.find(({ compared }) => compared?.parity)?.compared?.parity,
    ...inventoryOf(answers),
    passed: !issues.some(blocks),
    simulated: context.run.clouds.simulated,
    issues,
  };
}

function inventoryOf(answers: readonly Answer[]): Pick<ValidationReport, 'inventory'> {
  const inventory = answers.find(({ compared }) => compared?.inventory)?.compared?.inventory;
  return inventory === undefined ? {} : { inventory };
}
