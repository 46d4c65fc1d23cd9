import { type Fidelity, type ImageReport, type InventoryOutline, usedBytes } from '../model/index.ts';
import { sizeText } from './bytes.ts';
import type { Fact } from './fact.ts';

/** What was seen on the AMI's disk, and how much of it is carried over; nothing where it was not read. */
export function contentFacts({ analysis, plan }: Pick<ImageReport, 'analysis' | 'plan'>): readonly Fact[] {
  const inventory = analysis?.inventory;
  if (inventory === undefined) return [];
  const { components, leaks, source } = inventory;
  const fidelity = plan?.carryOver?.proposal.fidelity ?? [];
  const secrets = [...new Set(leaks.map(({ path, kind }) => `${path} (${kind})`))];
  return [
    { label: 'content', value: `${contentOf(inventory)}${source.simulated ? ' (simulated disk)' : ''}` },
    ...listed(
      'AWS parts',
      components.map(({ id }) => id),
    ),
    ...listed('secrets', secrets, ': they must not be in an image, and are not carried over'),
    ...(fidelity.length === 0 ? [] : [{ label: 'fidelity', value: fidelity.map(inWords).join('; ') }]),
  ];
}

function contentOf({ system, boot, counts }: InventoryOutline): string {
  const used = usedBytes(boot);
  const own = [
    `${counts.packages} packages`,
    `${counts.unowned} files or trees that no package brought`,
    `${counts.changed} changed files of packages`,
    ...(used === undefined ? [] : [`${sizeText(used)} used`]),
  ];
  return `${system.name ?? system.id ?? 'unknown system'}: ${own.join(', ')}`;
}

/** As many items as one line should hold. */
const SHOWN = 8;

function listed(label: string, items: readonly string[], behind = ''): readonly Fact[] {
  if (items.length === 0) return [];
  const more = items.length > SHOWN ? ` and ${items.length - SHOWN} more` : '';
  return [{ label, value: `${items.slice(0, SHOWN).join(', ')}${more}${behind}` }];
}

function inWords({ kind, carried, replaced, left }: Fidelity): string {
  return `${kind}: ${carried} carried, ${replaced} replaced, ${left} left`;
}
