import { guestProvisioners } from '../guest/provisioners.ts';
import { guestScriptFiles } from '../guest/row.ts';
import { scriptsFor } from '../guest/steps/index.ts';
import {
  type Analysis,
  type BaseMatch,
  type BuildPlan,
  type Candidate,
  digestOf,
  Engine,
  type ExistingVersion,
  hasStagingName,
  type ImageSpec,
  type PlanDraft,
  type Provisioner,
  PUBLISHED_TAG,
  RUN_TAG,
  sha256,
  stagingName,
} from '../model/index.ts';
import type { Context } from '../ports.ts';
import { readPrices } from '../prices.ts';
import { planAddedChecks } from './added-checks.ts';
import { composePlans, signedPlan } from './compose.ts';
import { customizeProvisioners, readAll, readUserFiles } from './customize.ts';
import { forecastOf } from './forecast.ts';
import { planGates } from './gates.ts';
import { planMeasure } from './measure.ts';
import { productionIssues } from './production.ts';
import { unchanged } from './unchanged.ts';

/** Everything that will happen to an image, from what was found and matched. Reads the user's files and the definition's versions; writes nothing. */
export async function makePlan(
  spec: ImageSpec,
  analysis: Analysis,
  match: BaseMatch & { readonly chosen: Candidate },
  context: Context<'marketplace' | 'gallery' | 'assets' | 'clock'>,
  choose: ChooseEngine,
): Promise<BuildPlan> {
  const { assets, gallery, clock } = context.ports;
  const os = analysis.osFamily.value === 'windows' ? 'windows' : 'linux';
  const checks = planGates(spec, os, match.chosen.distro, context.catalog).checks.map(({ id }) => id);
  const [versions, definition, staged, userFiles, checkScripts, scripts, measure, prices] = await Promise.all([
    gallery.versions({ ...spec.target }),
    gallery.definition({ ...spec.target }),
    stagedVersions(spec, match.chosen, context),
    readUserFiles(spec.customize, assets),
    readAll(
      spec.checks.add.flatMap(({ script }) => script ?? []),
      (path) => assets.user(path),
    ),
    assets.allOwnAs([...guestScriptFiles(os, checks), ...scriptsFor(spec.customize, os)], sha256),
    planMeasure(spec, os, (path) => assets.ownAs(path, sha256)),
    spec.prices === undefined ? undefined : assets.user(spec.prices),
  ]);
  const customized = customizeProvisioners(spec, os, userFiles);
  const guest = guestProvisioners(os, scripts);
  const inputs = {
    spec,
    analysis,
    match,
    catalog: context.catalog,
    provisioners: weave(guest, customized.provisioners),
    scripts: [...scripts].map(([path, hash]) => ({ path, sha256: hash })),
    added: planAddedChecks(spec.checks.add, os, checkScripts, context.catalog.checks),
    measure,
    issues: customized.issues,
    existing: [...versions, ...staged].map((version) => version.name),
    definition,
    now: clock.now(),
  };
  const planWith = composePlans(inputs);
  const plan = signedPlan(spec.engine === 'auto' ? choose(Engine.options.map(planWith)) : planWith(spec.engine));
  const own = stagedByRun(plan, versions, context);
  const read = spec.prices === undefined ? { issues: [] } : readPrices(prices, spec.prices);
  const { forecast, issues } = forecastOf({ plan, spec, inventory: analysis.inventory, prices: read.prices, now: clock.now() });
  return {
    ...plan,
    version: own ?? plan.version,
    forecast,
    issues: [
      ...plan.issues,
      ...[...read.issues, ...issues].map((issue) => ({ place: spec.place, ...issue, image: spec.name })),
      ...productionIssues(spec, plan.security),
      ...unchanged(plan, versions),
    ],
  };
}

/** Of plans that differ in their engine only, the one to go on with, and why. */
export type ChooseEngine = (plans: readonly PlanDraft[]) => PlanDraft;

/** The version that this run staged of this very plan, before its folder was lost: it is continued with, and not built a second time. */
function stagedByRun({ digest }: BuildPlan, versions: readonly ExistingVersion[], { run }: Pick<Context, 'run'>): string | undefined {
  return versions.find(({ tags }) => tags[RUN_TAG] === run.id && digestOf(tags) === digest && tags[PUBLISHED_TAG] === undefined)?.name;
}

/** Versions in the staging definition, where the route may go through one: a run that was cut short can have left a number there. */
async function stagedVersions({ engine, target }: ImageSpec, { architecture }: Candidate, { ports }: Context<'gallery'>) {
  if (engine === 'image-builder' || architecture !== 'arm64' || !hasStagingName(target.definition)) return [];
  return ports.gallery.versions({ ...target, definition: stagingName(target.definition) });
}

/** The user's steps run when the Azure side is in place and before AWS parts are removed: they may bring some along. */
function weave(guest: readonly Provisioner[], customize: readonly Provisioner[]): readonly Provisioner[] {
  const cut = guest.findIndex(({ phase }) => phase !== 'inventory' && phase !== 'add-azure');
  const at = cut < 0 ? guest.length : cut;
  return [...guest.slice(0, at), ...customize, ...guest.slice(at)];
}
