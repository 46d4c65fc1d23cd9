import { tickingDuration } from '../../model/index.ts';
import type { Paint } from '../../terminal/paint.ts';
import { outcomeTone } from '../../terminal/tones.ts';
import { cutCells, padCells, widest } from '../../terminal/width.ts';
import { oneLine } from '../one-line.ts';
import { regionLine } from './region-line.ts';
import type { ConsoleState, ImageState, StageState } from './state.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
/** Names longer than this are cut where each image has one line. */
const LONGEST_NAME = 30;

/** The part of a terminal that is drawn over again and again. */
export interface Area {
  /** Cells in a line. */
  readonly columns: number;
  /** Lines of the whole terminal. */
  readonly rows: number;
}

/**
 * The live list as text, never higher or wider than the terminal, since what scrolled away cannot be drawn over: a block per image with its stages while
 * these fit, else one line for each image that is under way, then for each that failed, and the others as a count.
 */
export function liveView(state: ConsoleState, now: number, paint: Paint, { columns, rows }: Area): string {
  // Behind the last line the cursor stands on one more.
  const height = Math.max(2, rows - 1);
  const blocks = state.flatMap((image) => imageBlock(image, now, paint, columns));
  return (blocks.length <= height ? blocks : fleetLines(state, now, paint, { columns, rows: height })).join('\n');
}

function imageBlock(image: ImageState, now: number, paint: Paint, columns: number): readonly string[] {
  const outcome = image.outcome ? ` ${paint(outcomeTone(image.outcome), image.outcome)}` : '';
  const name = cutCells(image.image, columns - (image.outcome?.length ?? 0) - 1);
  return [
    `${paint('strong', name)}${outcome}`,
    ...image.stages.map((stage) => `  ${symbol(stage, now, paint)} ${stageWords(stage, now, paint, columns - 4)}`),
  ];
}

/** `build     1m05s  Customizing`, in so many cells. */
function stageWords(stage: StageState, now: number, paint: Paint, cells: number): string {
  const time = tickingDuration(stage.milliseconds ?? now - stage.started);
  const name = stage.stage.padEnd(10);
  if (name.length + time.length > cells) return cutCells(`${name}${time}`, cells);
  return `${name}${paint('quiet', time)}${remark(stage, paint, cells - name.length - time.length)}`;
}

function symbol({ status, problems, warnings }: StageState, now: number, paint: Paint): string {
  if (status === 'failed' || problems > 0) return paint('bad', '✖');
  if (status === 'running') return paint('caution', FRAMES[Math.floor(now / 100) % FRAMES.length] ?? '·');
  return warnings > 0 ? paint('caution', '✔') : paint('good', '✔');
}

/** What is said of a stage, in the cells that are left of its line. */
function remark({ status, note, regions, warnings, problems, resumed }: StageState, paint: Paint, cells: number): string {
  const parts = [
    regions ? regionLine(regions) : undefined,
    status !== 'done' && note ? oneLine(note) : undefined,
    problems ? `${problems} ${problems === 1 ? 'problem' : 'problems'}` : undefined,
    warnings ? `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : undefined,
    resumed ? 'from the run folder' : undefined,
  ].filter((part) => part !== undefined);
  if (parts.length === 0 || cells < 4) return '';
  const tone = problems ? 'bad' : warnings ? 'caution' : resumed ? 'quiet' : undefined;
  const text = cutCells(parts.join(' · '), cells - 2);
  return `  ${tone === undefined ? text : paint(tone, text)}`;
}

/** One line for each image that is worth it, and a last one that counts the others. */
function fleetLines(state: ConsoleState, now: number, paint: Paint, area: Area): readonly string[] {
  const running = state.filter(({ outcome }) => outcome === undefined);
  const failed = state.filter(({ outcome }) => outcome !== undefined && outcomeTone(outcome) === 'bad');
  const shown = [...running, ...failed].slice(0, area.rows - 1);
  const width = Math.min(LONGEST_NAME, Math.floor(area.columns / 3), widest(shown.map(({ image }) => image)));
  const others = state.filter((image) => !shown.includes(image));
  const lines = shown.map((image) => fleetLine(image, now, paint, { columns: area.columns, width }));
  return others.length === 0 ? lines : [...lines, countLine(others, area.columns, paint)];
}

function fleetLine(
  image: ImageState,
  now: number,
  paint: Paint,
  { columns, width }: { readonly columns: number; readonly width: number },
): string {
  const name = padCells(cutCells(image.image, width), width);
  const stage = image.stages.at(-1);
  if (stage === undefined) return `  ${paint('strong', name)}`;
  return `${symbol(stage, now, paint)} ${paint('strong', name)} ${stageWords(stage, now, paint, columns - width - 3)}`;
}

/** `31 published · 3 unchanged · 2 more under way`. */
function countLine(others: ConsoleState, columns: number, paint: Paint): string {
  const counts = [...Map.groupBy(others, ({ outcome }) => outcome ?? 'more under way')].map(
    ([outcome, images]) => `${images.length} ${outcome}`,
  );
  return paint('quiet', cutCells(counts.join(' · '), columns));
}
