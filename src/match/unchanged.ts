import type { Catalog } from '../catalog/schema.ts';
import { guestFamily } from '../guest/system.ts';
import { type Analysis, formatUrn, type Issue } from '../model/index.ts';
import type { Ranked } from './rank.ts';

/**
 * A base that Azure sells and no guest script changes: it is found, and there is nothing to build on it. Issues: GUEST_UNSUPPORTED (error), so that
 * nobody learns it from a build that ran for an hour.
 */
export function unchangedFromInside({ image, osFamily }: Analysis, catalog: Catalog, chosen: Ranked | undefined): readonly Issue[] {
  if (chosen === undefined) return [];
  const { candidate, option } = chosen;
  if (guestFamily(candidate, catalog.releases, osFamily.value) !== 'none') return [];
  const named = option.road.kind === 'chosen-by-user';
  return [
    {
      severity: 'error',
      code: 'GUEST_UNSUPPORTED',
      message: `regild changes no ${option.release.title} from inside: it has no scripts for that system`,
      hint: named
        ? 'set `base:` to a system that docs/explanation/guest.md names'
        : `deploy ${formatUrn(candidate.urn)} as it is and configure it at its first boot, or set \`base:\` to a system that docs/explanation/guest.md names`,
      image,
    },
  ];
}
