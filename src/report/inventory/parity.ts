import { type Difference, type Parity, ParityKind, ParityVerdict } from '../../model/index.ts';
import { printedJson } from '../print-json.ts';
import type { SectionDocument } from '../sections.ts';
import { sectionsHtml, sectionsMarkdown, sectionsText } from '../sections.ts';
import { paritySections, paritySimulated, unreadSection } from './parity-sections.ts';

export type ParityFormat = 'text' | 'markdown' | 'json' | 'html';

/** A comparison as a document; one table per kind, losses that nobody explains first. Ends with a line feed. */
export function renderParity(parity: Parity, format: ParityFormat): string {
  switch (format) {
    case 'text':
      return sectionsText(parityDocument(parity));
    case 'markdown':
      return sectionsMarkdown(parityDocument(parity));
    case 'html':
      return sectionsHtml(parityDocument(parity));
    case 'json':
      return printedJson(parity);
  }
}

function parityDocument(parity: Parity): SectionDocument {
  const { before, after, equal } = parity;
  return {
    title: 'parity',
    notice: paritySimulated(parity),
    facts: [
      { label: 'before', value: before.name },
      { label: 'after', value: after.name },
      {
        label: 'equal',
        value: ParityKind.options.flatMap((kind) => (equal[kind] ? [`${equal[kind]} ${kind}`] : [])).join(', ') || 'nothing',
      },
      ...ParityVerdict.options.map((verdict) => ({ label: verdict, value: countOf(parity, verdict) })),
    ],
    sections: [...paritySections(parity), unreadSection(parity)],
  };
}

function countOf({ differences }: Parity, verdict: Difference['verdict']): string {
  const of = differences.filter((each) => each.verdict === verdict);
  const count = (change: Difference['change']) => of.filter((each) => each.change === change).length;
  return `${count('missing')} missing, ${count('changed')} changed, ${count('added')} added`;
}
