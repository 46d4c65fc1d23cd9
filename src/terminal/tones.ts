import type { Paint, Tone } from './paint.ts';

const SEVERITIES: Readonly<Record<string, Tone>> = { error: 'bad', question: 'caution', warning: 'caution', info: 'quiet' };
const OUTCOMES: Readonly<Record<string, Tone>> = {
  published: 'good',
  validated: 'good',
  built: 'good',
  ready: 'good',
  unchanged: 'quiet',
  blocked: 'bad',
  failed: 'bad',
  cancelled: 'bad',
  'timed-out': 'bad',
};
const MARKS: Readonly<Record<string, Tone>> = { '✓': 'good', '✗': 'bad', '!': 'caution', '…': 'quiet' };
/** First words of a line that tell how a thing stands, before two spaces or more. */
const STANDINGS: Readonly<Record<string, Tone>> = {
  ...SEVERITIES,
  ok: 'good',
  missing: 'bad',
  unknown: 'caution',
  next: 'good',
  continue: 'good',
};

/** How an image ended: green for what was made, red for what was not. */
export function outcomeTone(outcome: string): Tone {
  return OUTCOMES[outcome] ?? 'bad';
}

/** One line of a result for people in its colours, by the way in which results are written. They add to the words and never say anything alone. */
export function paintLine(line: string, paint: Paint): string {
  const painted = paintIssue(line, paint) ?? paintStanding(line, paint) ?? paintHeading(line, paint) ?? paintLabel(line, paint);
  return painted
    .replace(/(?<= {2})[✓✗](?= \S)/, (mark) => paint(MARKS[mark] ?? 'quiet', mark))
    .replace(/`regild [^`]+`/g, (command) => paint('strong', command));
}

/** `error CODE: …`, wherever a line begins, also in a tree. */
function paintIssue(line: string, paint: Paint): string | undefined {
  const [, before, severity, gap, code, rest] = /^([│├└─ ]*)(error|question|warning|info)( +)([A-Z][A-Z_]+)(:.*)$/u.exec(line) ?? [];
  if (severity === undefined || code === undefined) return undefined;
  return `${before}${paint(SEVERITIES[severity] ?? 'quiet', severity)}${gap}${paint('strong', code)}${rest}`;
}

/** `ok       title`, `✓ northeurope`. */
function paintStanding(line: string, paint: Paint): string | undefined {
  const [, indent, word = '', gap = '', rest] = /^( *)(\S+)( +)(\S.*)$/u.exec(line) ?? [];
  const tone = MARKS[word] ?? (gap.length > 1 ? STANDINGS[word] : undefined);
  return tone === undefined ? undefined : `${indent}${paint(tone, word)}${gap}${rest}`;
}

/** `web-golden: published` at the edge. */
function paintHeading(line: string, paint: Paint): string | undefined {
  const [, name, outcome] = /^(\S+): ([a-z-]+)$/u.exec(line) ?? [];
  if (name === undefined || outcome === undefined) return undefined;
  return `${paint('strong', name)}: ${paint(OUTCOMES[outcome] ?? 'strong', outcome)}`;
}

/** `  source      …` and `hint: …`: the label steps back behind its text. */
function paintLabel(line: string, paint: Paint): string {
  return line.replace(
    /^( +)(hint:|[A-Za-z][A-Za-z -]{0,20}?)( {2,}|(?<=hint:) )(?=\S)/,
    (_, indent, label, gap) => `${indent}${paint('quiet', label)}${gap}`,
  );
}
