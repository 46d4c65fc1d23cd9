import { isClaimName } from './build-claim.ts';
import type { Leftover } from './leftover.ts';
import { resourceName, shortName } from './resource-name.ts';
import { ORIGIN_TAGS } from './tags.ts';

/** The names of what a run makes for a time, each made and known again here: tags can be copied onto something that is not ours. */

/** Of 90 characters that a resource group's name may have. */
const LONGEST_GROUP = { prefix: 50, all: 90 } as const;
/** Of an image template (`^[A-Za-z0-9-_.]{1,64}$`, API 2025-10-01). */
const LONGEST_TEMPLATE = 64;
/** What Image Builder itself puts on its staging groups. Source: image-builder-json, stagingResourceGroup. */
const STAGING = { prefix: 'IT_', createdBy: 'AzureVMImageBuilder', template: 'imageTemplateName' } as const;

/** Resource group of a test VM. `attempt` keeps a repeated test away from a group that is still being deleted, and is never cut off. */
export function testGroupName(run: string, image: string, attempt: string): string {
  const stem = `rg-regild-${run}-${image}`.replace(/[^A-Za-z0-9_().-]/g, '-');
  return `${stem.slice(0, LONGEST_GROUP.all - 1 - attempt.length)}-${attempt}`;
}

/** First part of the name of Packer's temporary resource group; the template puts `-<run>-<attempt>` behind it. */
export function packerGroupPrefix(image: string): string {
  return shortName(`regild-${image}`, LONGEST_GROUP.prefix);
}

/** The whole of that name: an attempt is told from another by when it started. */
export function packerGroupName(image: string, run: string, attempt: string): string {
  return `${packerGroupPrefix(image)}-${run}-${attempt}`;
}

/** Tells the attempts of a run apart: it starts at another time each time it is continued; `size` is the number of the VM size that is tried, from 0. */
export function attemptOf({ started }: { readonly started: Date }, size: number): string {
  return `${started.getTime().toString(36)}${size === 0 ? '' : `x${size}`}`;
}

/** Whether a group is one that Packer made for an image in a run, whatever the attempt. */
export function isPackerGroupOf({ kind, name }: Leftover, image: string, run: string): boolean {
  const prefix = packerGroupName(image, run, '');
  return kind === 'resource-group' && name.startsWith(prefix) && /^[0-9a-z]+$/.test(name.slice(prefix.length));
}

/** Whether a group is one of a test VM of an image in a run; its name may be cut, so its tag tells the image. */
export function isTestGroupOf({ kind, name, tags }: Leftover, image: string, run: string): boolean {
  return kind === 'resource-group' && name.startsWith(`rg-regild-${run}-`) && tags[ORIGIN_TAGS.image] === image;
}

/** The image template of Image Builder that builds an image in a run. */
export function imageTemplateName(image: string, run: string): string {
  return resourceName(['regild', image, run], LONGEST_TEMPLATE);
}

/** Name of the image template that a group is the staging group of; undefined for anything else. */
export function stagingOwner({ kind, tags }: Leftover): string | undefined {
  return kind === 'resource-group' && tags.createdBy === STAGING.createdBy ? tags[STAGING.template] : undefined;
}

/** Whether regild, in this run, gives such a name. Versions are named by number and known by their definition. */
export function isOurName(leftover: Leftover, run: string): boolean {
  if (run === '') return false;
  switch (leftover.kind) {
    case 'resource-group': {
      const owner = stagingOwner(leftover);
      if (owner !== undefined) return leftover.name.startsWith(STAGING.prefix) && isTemplateName(owner, run);
      return leftover.name.startsWith(`rg-regild-${run}-`) || isPackerGroup(leftover.name, run);
    }
    case 'image-template':
      return isTemplateName(leftover.name, run);
    // Named after the definition, for all runs alike.
    case 'build-claim':
      return isClaimName(leftover.name);
    case 'gallery-version':
      return true;
  }
}

/** `regild-<image>-<run>-<attempt>`; the run stands at the end, so that an image called like another run's group is not taken for it. */
function isPackerGroup(name: string, run: string): boolean {
  const [, attempt] = name.startsWith('regild-') ? splitAtLast(name, `-${run}`) : [];
  return attempt !== undefined && /^(?:-[0-9a-z]+)?$/.test(attempt);
}

function isTemplateName(name: string, run: string): boolean {
  return name.startsWith('regild-') && name.endsWith(`-${run}`);
}

/** The text before and behind the last `mark`; empty where it does not occur. */
function splitAtLast(text: string, mark: string): readonly string[] {
  const at = text.lastIndexOf(mark);
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + mark.length)];
}
