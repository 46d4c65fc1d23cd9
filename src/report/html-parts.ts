import type { ImageReport, Issue } from '../model/index.ts';
import { formatPlace } from './issues.ts';
import { type Markup, markup, when } from './markup.ts';
import { prose } from './prose.ts';
import { succeeded } from './stages.ts';

export function outcomeBadge(outcome: ImageReport['outcome']): Markup {
  return markup`<span class="badge ${succeeded(outcome) ? 'good' : 'bad'}">${outcome}</span>`;
}

const TONES: Readonly<Record<Issue['severity'], string>> = { error: 'bad', question: 'ask', warning: 'warn', info: 'soft' };

export function issueItems(issues: readonly Issue[]): Markup | undefined {
  if (issues.length === 0) return undefined;
  const items = issues.map((issue) => {
    const place = when(formatPlace(issue), (text) => markup` <code>${text}</code>`);
    const hint = when(issue.hint, (text) => markup`<div class="soft">${prose(text)}</div>`);
    return markup`<li class="${TONES[issue.severity]}"><strong>${issue.severity}</strong> <code>${issue.code}</code>${place}<div>${prose(issue.message)}</div>${hint}</li>\n`;
  });
  return markup`<ul class="issues">\n${items}</ul>\n`;
}

/** A table around rows, with a head where columns are named; nothing where there are no rows. */
export function tableOf(rows: readonly Markup[], style = '', columns: readonly string[] = []): Markup | undefined {
  if (rows.length === 0) return undefined;
  const head = columns.length === 0 ? undefined : markup`<tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr>\n`;
  return markup`<table class="${style}">\n${head}${rows}</table>\n`;
}

export function opening(title: string | Markup, body: Markup | undefined): Markup {
  return markup`<details><summary>${title}</summary>\n${body}</details>\n`;
}
