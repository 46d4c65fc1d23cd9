import type { Catalog } from '../catalog/schema.ts';
import type { Analysis, Urn } from '../model/index.ts';
import type { OfferedBase, OfferedRelease, Option, Source, Wishes } from './option.ts';
import { roadTo } from './options.ts';

/** A URN as people write it: publisher:offer:sku with an optional version; undefined when the text is none. */
export function parseUrn(text: string): Urn | undefined {
  const match = /^([\w.-]+):([\w.-]+):([\w.-]+)(?::([\w.-]+))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, publisher = '', offer = '', sku = '', version = 'latest'] = match;
  return { publisher, offer, sku, version };
}

/** The option for a base that the user named: the catalog's entry where there is one, else what the AMI and the wishes suggest until ARM is asked. */
export function fixedOption(urn: Urn, analysis: Analysis, source: Source, wishes: Wishes, { releases }: Catalog): Option {
  const known = releases.flatMap((release) => release.bases.map((base) => ({ release, base }))).find(({ base }) => sameImage(base, urn));
  if (known) return { ...known, road: roadTo(source, known.release), newerPoints: 0 };
  return {
    release: releaseLike(analysis, source),
    base: uncatalogued(urn, source, analysis, wishes),
    road: { kind: 'chosen-by-user' },
    newerPoints: 0,
  };
}

/** True when the catalog has the image; Azure compares names without regard to case. */
export function isCatalogued(urn: Urn, { releases }: Catalog): boolean {
  return releases.some(({ bases }) => bases.some((base) => sameImage(base, urn)));
}

function sameImage(base: OfferedBase, urn: Urn): boolean {
  return [base.publisher, base.offer, base.sku].join(':').toLowerCase() === [urn.publisher, urn.offer, urn.sku].join(':').toLowerCase();
}

function uncatalogued({ publisher, offer, sku }: Urn, source: Source, analysis: Analysis, wishes: Wishes): OfferedBase {
  return {
    id: `${publisher}:${offer}:${sku}`,
    publisher,
    offer,
    sku,
    variant: analysis.variant.value ?? 'server',
    architecture: source.architecture ?? 'x64',
    generation: wishes.generation === 'auto' ? 'V2' : wishes.generation,
    licence: source.licence ?? 'free',
    features: [],
    confidence: 'low',
  };
}

function releaseLike(analysis: Analysis, { release }: Source): OfferedRelease {
  const { distro, version } = analysis;
  return (
    release ?? {
      id: 'unknown',
      distro: distro.value ?? 'unknown',
      version: version.value ?? 'unknown',
      title: 'a base outside the catalog',
      support: {},
    }
  );
}
