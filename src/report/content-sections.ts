import type { ImageReport, InventoryOutline, ProposedStep } from '../model/index.ts';
import { paritySections } from './inventory/parity-sections.ts';
import type { Section } from './section.ts';

/** A table with the word that stands before its rows on a terminal. */
export interface ContentSection extends Section {
  readonly label: string;
}

/** What could not be read, what no step carries over yet, and what did not arrive, as tables; what only the image has is counted on the way. */
export function contentSections({
  analysis,
  plan,
  validation,
}: Pick<ImageReport, 'analysis' | 'plan' | 'validation'>): readonly ContentSection[] {
  const proposal = plan?.carryOver?.proposal;
  const parity = validation?.parity;
  const losses = parity?.differences.filter(({ change, verdict }) => change !== 'added' || verdict === 'unexplained') ?? [];
  const tables = [
    {
      label: 'not read',
      title: 'could not be read',
      columns: ['place', 'of', 'reason'],
      rows: [...unreadRows('the AMI', analysis?.inventory), ...unreadRows('the image', validation?.inventory)],
    },
    {
      label: 'to carry',
      title: 'proposed for `customize`, and not in it',
      columns: ['what', 'from', 'evidence'],
      rows: (plan?.carryOver?.open ?? []).flatMap(openRows),
    },
    {
      label: 'left',
      title: 'carried by no step of any kind',
      columns: ['kind', 'name', 'reason'],
      rows: (proposal?.left ?? []).map(({ kind, name, reason }) => [kind, name, reason]),
    },
    ...paritySections({ differences: losses }).map((section) => ({ ...section, label: 'parity', title: `parity: ${section.title}` })),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function unreadRows(of: string, inventory: InventoryOutline | undefined): readonly (readonly string[])[] {
  return (inventory?.unread ?? []).map(({ place, reason }) => [place, of, reason]);
}

function openRows(step: ProposedStep): readonly (readonly string[])[] {
  switch (step.kind) {
    case 'packages':
      return step.packages.map(({ name, was, evidence }) => [`package ${name}`, was, evidence.join('; ')]);
    case 'file':
      return [[`file ${step.path}`, step.from, step.evidence.join('; ')]];
    case 'shell':
    case 'powershell':
      return step.lines.map((line) => [line, '', step.evidence.join('; ')]);
  }
}
