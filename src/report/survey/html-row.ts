import type { Capability, SurveyedImage } from '../../model/index.ts';
import { opening, tableOf } from '../html-parts.ts';
import { type Markup, markup, when } from '../markup.ts';
import { duplicateOf, idOf, systemOf, useOf } from './words.ts';

const TONES = { high: 'good', medium: 'warn', low: 'bad' } as const;
const VERDICT_TONES = { catalog: 'good', rebuild: 'ask', vendor: 'warn', 'different-service': 'warn', unsupported: 'bad' } as const;
const FIT_TONES: Readonly<Record<Capability['fit'], string>> = {
  'direct match': 'good',
  'match with differences': 'warn',
  'needs another design': 'bad',
};

export const COLUMNS = ['AMI', 'what it is', 'verdict', 'base', 'licence', 'in use', 'warnings'];

/** One image of the table, and the row below it that opens; `classes` are those that the filters hide it by. Its data is what it is ordered by. */
export function imageRow(image: SurveyedImage, classes: string): Markup {
  const { name, confidence, verdict, bases, generation, licence = 'unknown', warnings } = image;
  const named = name !== undefined && name !== idOf(image);
  const chips = warnings.map((warning) => markup`<span class="chip">${warning}</span> `);
  const base = when(bases[0], (urn) => markup`<code>${urn}</code>`);
  return markup`<tbody class="${classes}" data-created="${image.created}" data-name="${name}" data-system="${systemOf(image)}" data-used="${countUses(image)}"><tr><td><code>${idOf(image)}</code>${named ? markup`<div class="name">${name}</div>` : undefined}</td><td>${systemOf(image)}<div class="${TONES[confidence]}">${confidence}</div></td><td><span class="badge ${VERDICT_TONES[verdict]}">${verdict}</span></td><td>${base}<div class="soft">${generation}</div></td><td data-label="licence">${licence}</td><td>${useOf(image)}</td><td>${chips}${when(duplicateOf(image), (text) => markup`<div class="soft">${text}</div>`)}</td></tr>
<tr class="more"><td colspan="${COLUMNS.length}">${moreOf(image)}</td></tr></tbody>
`;
}

function countUses({ use }: SurveyedImage): number {
  return (use?.instances?.length ?? 0) + (use?.launchTemplates?.length ?? 0);
}

function moreOf(image: SurveyedImage): Markup {
  const { waveReasons, bases, capabilities, advice, use } = image;
  const parts = [
    listOf('why this wave', waveReasons),
    listOf('bases, best first', bases),
    listOf(
      'moving the machine instead',
      advice.map(({ text }) => text),
    ),
    listOf('used by', [
      ...(use?.instances ?? []).map(({ id, type }) => `${id} (${type})`),
      ...(use?.launchTemplates ?? []).map((template) => `launch template ${template}`),
    ]),
    tableOf(
      capabilities.map(
        ({ name, fit, reason }) =>
          markup`<tr><th scope="row">${name}</th><td class="${FIT_TONES[fit]}">${fit}</td><td>${reason}</td></tr>\n`,
      ),
    ),
  ].filter((part) => part !== undefined);
  return opening('more', markup`${parts}`);
}

function listOf(title: string, texts: readonly string[]): Markup | undefined {
  return texts.length === 0 ? undefined : markup`<h4>${title}</h4><ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul>`;
}
