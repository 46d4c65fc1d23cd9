import { tickingDuration } from '../../model/index.ts';
import { oneLine } from '../one-line.ts';
import { type Paint, regionLine } from './format.ts';
import type { ConsoleState, ImageState, StageState } from './state.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

/** The live list as text: one block per image with its stages, elapsed times and what the running stage is at. */
export function liveView(state: ConsoleState, now: number, paint: Paint): string {
  return state.map((image) => imageBlock(image, now, paint)).join('\n');
}

/** A finished image shrinks to one line when there are several, so that a fleet fits a screen. */
function imageBlock(image: ImageState, now: number, paint: Paint): string {
  const title = paint('strong', image.image);
  const outcome = image.outcome ? ` ${paint(OUTCOME_TONE[image.outcome] ?? 'bad', image.outcome)}` : '';
  return [`${title}${outcome}`, ...image.stages.map((stage) => stageLine(stage, now, paint))].join('\n');
}

const OUTCOME_TONE: Readonly<Record<string, 'good' | 'quiet'>> = {
  published: 'good',
  validated: 'good',
  built: 'good',
  ready: 'good',
  unchanged: 'quiet',
};

function stageLine(stage: StageState, now: number, paint: Paint): string {
  const time = paint('quiet', tickingDuration(stage.milliseconds ?? now - stage.started));
  return `  ${symbol(stage, now, paint)} ${stage.stage.padEnd(10)}${time}${remark(stage, paint)}`;
}

function symbol({ status, problems, warnings }: StageState, now: number, paint: Paint): string {
  if (status === 'failed' || problems > 0) return paint('bad', '✖');
  if (status === 'running') return paint('caution', FRAMES[Math.floor(now / 100) % FRAMES.length] ?? '·');
  return warnings > 0 ? paint('caution', '✔') : paint('good', '✔');
}

function remark({ status, note, regions, warnings, problems, resumed }: StageState, paint: Paint): string {
  const parts = [
    regions ? regionLine(regions) : undefined,
    status !== 'done' && note ? oneLine(note) : undefined,
    problems ? paint('bad', `${problems} ${problems === 1 ? 'problem' : 'problems'}`) : undefined,
    warnings ? paint('caution', `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`) : undefined,
    resumed ? paint('quiet', 'from the run folder') : undefined,
  ].filter((part) => part !== undefined);
  return parts.length ? `  ${parts.join(' · ')}` : '';
}
