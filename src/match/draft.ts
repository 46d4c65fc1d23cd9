import type { Catalog } from '../catalog/schema.ts';
import type { Analysis, BaseMatch, Issue } from '../model/index.ts';
import type { Question, Ranking } from './rank.ts';

/** A match as far as catalog and analysis go: what the live check starts from. */
export interface Draft {
  readonly analysis: Analysis;
  readonly catalog: Catalog;
  readonly verdict: BaseMatch['verdict'];
  readonly question: Question;
  readonly ranking: Ranking;
  readonly issues: readonly Issue[];
}
