import { RegildError } from './errors.ts';
import { runFleet } from './fleet.ts';
import {
  BuildPlan,
  blocks,
  type CheckedWave,
  digestOf,
  type ExistingVersion,
  failedWaveTag,
  firstFew,
  type ImageReport,
  type ImageSpec,
  type Issue,
  ORIGIN_TAGS,
  WAVE_CHECK_TAG,
  type WaveWithCheck,
} from './model/index.ts';
import type { Artifacts, Context, TestVm } from './ports.ts';
import { readSaved } from './stage.ts';
import { checkPublished } from './validate/published.ts';

/** What the check between two waves of a rollout found. */
export interface WaveChecked {
  /** Everything that the VMs said. */
  readonly issues: readonly Issue[];
  /** ROLLOUT_STOPPED, where something failed. */
  readonly stopped?: RegildError | undefined;
  /** As the gallery has it now: a failure is written on it. */
  readonly version: ExistingVersion;
}

/**
 * Boots a VM from a published version in each region of a wave and runs the checks that were planned when it was built, before the next wave goes. What
 * fails is written on the version as a tag, so that whoever comes next sees it. Throws PROMOTION_REFUSED where nobody can tell any more what was planned.
 */
export async function checkWave(
  spec: ImageSpec,
  version: ExistingVersion,
  { regions: next, check }: WaveWithCheck,
  context: Context,
): Promise<WaveChecked> {
  const inMemory = { ...context, ports: { ...context.ports, artifacts: keptInMemory(), testVm: withoutConsole(context.ports.testVm) } };
  const plan = await planAsMade(spec, version, check, inMemory);
  const checked = await checkPublished(plan, version.id, check.regions, inMemory);
  const issues = checked.flatMap((one) => one.issues);
  const failures = checked.flatMap(({ location, issues: said }) => said.filter(blocks).map(({ message }) => `${message} (${location})`));
  if (failures.length === 0) return { issues, version };
  const { ports, run } = context;
  const said = firstFew(failures, 3);
  const tags = { ...version.tags, [WAVE_CHECK_TAG]: failedWaveTag(check, ports.clock.now(), said) };
  run.signal.throwIfAborted();
  await ports.gallery.setVersion({ ...spec.target, version: version.name }, { tags });
  const stopped = new RegildError(
    'ROLLOUT_STOPPED',
    `version ${version.name} of ${spec.name} stays out of ${next.join(', ')}: the check of wave ${check.number} failed: ${said}`,
    {
      hint: `mend the cause and build again; or \`regild promote ${spec.name}\` checks this version again, \`regild rollback ${spec.name}\` goes back`,
    },
  );
  return { issues, stopped, version: { ...version, tags } };
}

/** The plan of the version's own AMI, base and recipe, with a VM in each region that is checked. */
async function planAsMade(spec: ImageSpec, version: ExistingVersion, { regions }: CheckedWave, context: Context): Promise<BuildPlan> {
  const { [ORIGIN_TAGS.ami]: id, [ORIGIN_TAGS.amiRegion]: region, [ORIGIN_TAGS.base]: base } = version.tags;
  if (id === undefined || region === undefined || base === undefined)
    throw unknown(spec, version, 'its tags do not say what it was made from');
  const target = spec.copyOf?.target ?? spec.target;
  const given = spec.test.regions ?? [];
  const elsewhere = regions.filter((name) => name !== target.location).map((name) => given.find((one) => one.name === name) ?? { name });
  const made = { ...spec, source: { kind: 'ami' as const, id, region }, base, target, test: { ...spec.test, regions: elsewhere } };
  const [report] = await runFleet([made], context, { until: 'plan', resume: false, force: true, concurrency: 1 });
  const plan = await readSaved(spec.name, 'plan', BuildPlan, context.ports.artifacts);
  if (plan === undefined) throw unknown(spec, version, `it cannot be planned any more: ${whyNot(report)}`);
  if (plan.digest !== digestOf(version.tags)) throw unknown(spec, version, 'the entry, or regild itself, has changed since it was built');
  return plan;
}

function whyNot(report: ImageReport | undefined): string {
  return report?.issues.find(blocks)?.message ?? 'nothing says why';
}

function unknown({ name }: ImageSpec, { name: version }: ExistingVersion, why: string): RegildError {
  return new RegildError('PROMOTION_REFUSED', `version ${version} of ${name} cannot be checked before its next wave: ${why}`, {
    hint: `build ${name} again; or let it go on unchecked: \`regild promote ${name} ${version} --region …\``,
  });
}

/** A check leaves no run folder behind. */
function keptInMemory(): Artifacts {
  const kept = new Map<string, unknown>();
  return {
    save: async (image, artifact) => void kept.set(`${image}/${artifact.kind}`, artifact),
    load: async (image, kind) => kept.get(`${image}/${kind}`),
    saveFiles: async () => {
      throw new RegildError('INTERNAL', 'a check wants to write into a run folder', { hint: 'report this' });
    },
    log: async () => undefined,
  };
}

/** The console of a VM that does not come up would be put into the run folder, which there is not; its last lines stay. */
function withoutConsole({ withVm }: TestVm): TestVm {
  return {
    withVm: async (...given) => {
      try {
        return await withVm(...given);
      } catch (error) {
        if (!(error instanceof RegildError) || error.details.console === undefined) throw error;
        const { code, message, hint, details, cause } = error;
        throw new RegildError(code, message, { hint, details: { ...details, console: undefined }, cause });
      }
    },
  };
}
