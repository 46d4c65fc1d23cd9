import { shellWord } from '../guest/quote.ts';
import {
  blocks,
  type FleetStatus,
  type ImageReport,
  type Issue,
  type RefreshReport,
  type Report,
  type Survey,
  type SweepResult,
} from '../model/index.ts';
import type { Sweep } from '../sweep/index.ts';
import { unfinishedImages } from './right-run.ts';

/** The options of a call that the next one needs too. */
export interface SameAs {
  readonly manifest?: string;
  readonly sandbox?: boolean | undefined;
}

/** A command line of regild's to type, in backticks: these words, with the manifest and the clouds of the call before it. */
export function command(words: readonly string[], { manifest = 'images.yaml', sandbox = false }: SameAs = {}): string {
  const same = [...(manifest === 'images.yaml' ? [] : ['-f', manifest]), ...(sandbox ? ['--sandbox'] : [])];
  return `\`regild ${[...words, ...same].map(shellWord).join(' ')}\``;
}

/** The command line that goes on with a run. */
export function howToContinue(runId: string, images: readonly string[], same: SameAs = {}): string {
  return command(['build', ...images, '--resume', runId], same);
}

/** What follows a walk that reads: the next stage for the images that came through, or the same again for those that did not. */
export function afterReading(
  verb: 'analyze' | 'match' | 'explain' | 'plan' | 'render' | 'build',
  { images }: Pick<Report, 'images'>,
  same: SameAs,
) {
  const held = images.filter(({ exitCode }) => exitCode !== 0).map(nameOf);
  if (held.length > 0) return `${command([verb, ...held], same)} again, once what is said of ${listed(held)} is mended`;
  const [first, ...others] = images;
  if (first === undefined) return undefined;
  if (first.image.startsWith('ami-')) return others.length === 0 ? afterAmi(first) : undefined;
  return command([FOLLOWING[verb], ...images.map(nameOf)], same);
}

const FOLLOWING = { analyze: 'match', match: 'plan', explain: 'plan', plan: 'build', render: 'build', build: 'build' } as const;

function nameOf({ image }: Pick<ImageReport, 'image'>): string {
  return image;
}

/** An AMI that was only looked at gets a manifest. */
function afterAmi({ image, analysis }: ImageReport): string {
  const region = analysis === undefined ? [] : ['--region', analysis.ami.region];
  return `${command(['init', image, ...region])} writes a manifest for it`;
}

/** How an image ended, as much as says what follows. */
export type ImageEnd = Pick<ImageReport, 'image' | 'outcome' | 'stage' | 'exitCode'>;

/** What follows a walk that writes: what it left unfinished is continued, what is published is used. */
export function afterWriting(
  { runId, images }: { readonly runId: string; readonly images: readonly ImageEnd[] },
  same: SameAs,
): string | undefined {
  const left = unfinishedImages(images);
  if (left.length > 0) return `${howToContinue(runId, left, same)} goes on with the run`;
  const held = images.filter(({ exitCode }) => exitCode !== 0).map(nameOf);
  if (held.length > 0) return `${command(['build', ...held], same)} again, once what is said of ${listed(held)} is mended`;
  const [only, ...others] = images;
  if (only === undefined) return undefined;
  if (others.length > 0) return `${command(['status'], same)} shows how the images stand`;
  return `${command(['use', only.image], same)} deploys it; ${command(['status', only.image], same)} shows how it stands`;
}

/** What follows a survey: a manifest for the AMI that is easiest to move. */
export function afterSurvey({ images }: Pick<Survey, 'images'>): string {
  const [first] = images.filter(({ wave, imageId, region }) => wave <= 2 && imageId !== undefined && region !== undefined);
  if (first?.imageId === undefined || first.region === undefined) return '`regild explain <ami> --region <region>` says why of any of them';
  return `${command(['init', first.imageId, '--region', first.region])} writes a manifest for the first of them`;
}

/** What follows a look at the fleet. */
export function afterStatus({ images }: Pick<FleetStatus, 'images'>, same: SameAs): string {
  const due = images.filter(({ drifts }) => drifts.some(({ held }) => held === undefined)).map(({ image }) => image);
  return due.length > 0 ? `${command(['refresh', ...due], same)} does what is due` : 'nothing is due';
}

/** What follows a refresh: what its runs left unfinished, or what it would do. */
export function afterRefresh(
  { report, runs, dryRun }: { readonly report: RefreshReport; readonly runs: readonly Report[]; readonly dryRun: boolean },
  same: SameAs,
): string {
  const left = runs.filter(({ images }) => unfinishedImages(images).length > 0);
  if (left.length > 0) return left.map(({ runId, images }) => howToContinue(runId, unfinishedImages(images), same)).join(', then ');
  const due = report.items.filter(({ outcome }) => outcome === 'due').map(nameOf);
  if (dryRun) return due.length > 0 ? `${command(['refresh', ...due], same)} does it` : 'nothing is due';
  return `${command(['status'], same)} shows how the images stand`;
}

/** What follows something done to versions. */
export function afterAction(issues: readonly Issue[], dryRun: boolean, same: SameAs): string {
  if (dryRun && !issues.some(blocks)) return 'the same without --dry-run does it';
  return `${command(['status'], same)} shows how the versions stand`;
}

/** `web, db and api`; of many, the first few. */
function listed(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** What follows a sweep: what may go, and what may not go yet. */
export function afterSweep({ items }: Pick<Sweep, 'items'>, dryRun: boolean): string {
  const due = items.filter(({ outcome }) => outcome === 'due').length;
  if (dryRun && due > 0) return 'the same without --dry-run deletes what is due';
  const kept = items.filter(({ outcome }) => outcome === 'kept').length;
  if (items.some(({ outcome }) => outcome === 'failed')) return 'the same again, once what is said of it is mended';
  return kept === 0 ? 'nothing is left to do' : 'the same again after the deadlines: what is kept is not due yet';
}

/** What follows a sweep of run folders: what may go; of what stays each says why. */
export function afterLocalSweep({ items }: Pick<SweepResult, 'items'>, dryRun: boolean): string {
  if (dryRun && items.some(({ outcome }) => outcome === 'due')) return 'the same without --dry-run deletes what is due';
  if (items.some(({ outcome }) => outcome === 'failed')) return 'the same again, once what is said of it is mended';
  const last = items.findLast(({ outcome }) => outcome === 'kept');
  return last === undefined ? 'nothing is left to do' : `${command(['report', last.run])} shows what the last run did`;
}
