import type { ImageTemplate, ImageTemplateLastRunStatus } from '@azure/arm-imagebuilder';
import * as z from 'zod';
import { RegildError } from '../../../errors.ts';
import { digestOf } from '../../../model/index.ts';

/** What the adapter itself needs of a rendered template; the service checks the rest. */
const Body = z.looseObject({
  location: z.string(),
  tags: z.record(z.string(), z.string()).default({}),
  identity: z.looseObject({}),
  properties: z.looseObject({
    distribute: z.tuple([z.looseObject({ type: z.literal('SharedImage'), galleryImageId: z.string(), runOutputName: z.string() })]),
  }),
});

/** A rendered template in the shape that the SDK takes, and what its only distribution is called. */
export interface BuildTemplate {
  readonly template: ImageTemplate;
  readonly output: string;
  /** Resource id that the result is distributed to. */
  readonly target: string;
  /** Digest of the plan that the template stands for. */
  readonly digest: string | undefined;
}

/** Reads the ARM body of an image template. Throws TEMPLATE_INVALID when it is none, or does not distribute to exactly one gallery. */
export function toBuildTemplate(body: unknown): BuildTemplate {
  const parsed = Body.safeParse(body);
  if (!parsed.success) {
    throw new RegildError(
      'TEMPLATE_INVALID',
      `the rendered image template is not valid: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
      {
        hint: 'this is a defect of regild: please report it with the output of `regild render`',
      },
    );
  }
  const { properties, ...resource } = parsed.data;
  const [{ runOutputName, galleryImageId }] = properties.distribute;
  // The SDK's model is the ARM body with `properties` lifted; the service judges what the schema above leaves open.
  const template = { ...resource, ...properties } as unknown as ImageTemplate;
  return { template, output: runOutputName, target: galleryImageId, digest: digestOf(parsed.data.tags) };
}

/** What to do next about a template of that name. */
export type NextStep = 'create' | 'wait' | 'run' | 'attach' | 'finished' | 'cancel' | 'remove';

const BUSY: readonly (string | undefined)[] = ['Creating', 'Updating', 'Deleting'];

/**
 * Decides from what is there. A template cannot be changed, and a failed run leaves its debris: what is no live or finished build of this very plan is
 * made anew, for a template outlives the entry of the manifest that it was made from.
 */
export function nextStep(existing: ImageTemplate | undefined, wanted: Pick<BuildTemplate, 'target' | 'digest'>): NextStep {
  if (!existing) return 'create';
  if (BUSY.includes(existing.provisioningState)) return 'wait';
  if (existing.provisioningState !== 'Succeeded') return 'remove';
  if (!distributesTo(existing, wanted.target) || digestOf(existing.tags ?? {}) !== wanted.digest) return endOf(existing);
  switch (existing.lastRunStatus?.runState) {
    case undefined:
      return 'run';
    case 'Running':
      return 'attach';
    case 'Canceling':
      return 'wait';
    case 'Succeeded':
      return 'finished';
    default:
      return 'remove';
  }
}

/** A template whose run goes on cannot be deleted. */
function endOf({ lastRunStatus }: ImageTemplate): NextStep {
  if (lastRunStatus?.runState === 'Running') return 'cancel';
  return lastRunStatus?.runState === 'Canceling' ? 'wait' : 'remove';
}

function distributesTo({ distribute = [] }: ImageTemplate, target: string): boolean {
  return distribute.some((one) => 'galleryImageId' in one && one.galleryImageId.toLowerCase() === target.toLowerCase());
}

/** Progress of a run in the service's words, for example `Building`; undefined before it has begun. */
export function runProgress(status: ImageTemplateLastRunStatus | undefined): string | undefined {
  return status?.runSubState ?? status?.runState;
}

/** True when a run has ended, well or not. */
export function runEnded(status: ImageTemplateLastRunStatus | undefined): boolean {
  return status?.runState !== undefined && status.runState !== 'Running' && status.runState !== 'Canceling';
}
