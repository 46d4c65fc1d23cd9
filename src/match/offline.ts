import type { Catalog } from '../catalog/schema.ts';
import type { Analysis, BaseMatch, Issue, IssueCode } from '../model/index.ts';
import { conclude } from './conclude.ts';
import type { Draft } from './draft.ts';
import { fixedOption, isCatalogued, parseUrn } from './fixed-base.ts';
import type { Option, Wishes } from './option.ts';
import { optionsFor } from './options.ts';
import { type Question, rank } from './rank.ts';
import { sourceOf } from './source.ts';
import { verdictOf } from './verdict.ts';

/** The match without asking Azure: versions stay `latest`, generation and plan are what the catalog saw last. `now` decides what is past its support. */
export function matchOffline(analysis: Analysis, catalog: Catalog, wishes: Wishes, now: Date): BaseMatch {
  const drafted = draft(analysis, catalog, wishes, now);
  return conclude(drafted, drafted.ranking.ranked[0]);
}

/** Verdict, ranking and notes from catalog and analysis alone. */
export function draft(analysis: Analysis, catalog: Catalog, wishes: Wishes, now: Date): Draft {
  const source = sourceOf(analysis, catalog, wishes);
  const today = now.toISOString().slice(0, 10);
  const question: Question = { source, wishes, today };
  const fixed = wishes.base === 'auto' ? undefined : fixedBase(analysis, catalog, question);
  const verdict = fixed ? verdictWithBase(analysis, catalog) : verdictOf(analysis, catalog);
  const options = fixed?.options ?? (carriesBase(verdict) ? optionsFor(source, catalog, today) : []);
  return { analysis, catalog, verdict, question, ranking: rank(options, question), issues: fixed?.issues ?? [] };
}

function carriesBase(verdict: BaseMatch['verdict']): boolean {
  return verdict === 'catalog' || verdict === 'rebuild';
}

/** Who names a base has decided to rebuild on it. */
function verdictWithBase(analysis: Analysis, catalog: Catalog): BaseMatch['verdict'] {
  return verdictOf(analysis, catalog) === 'catalog' ? 'catalog' : 'rebuild';
}

function fixedBase(
  analysis: Analysis,
  catalog: Catalog,
  { source, wishes }: Question,
): { options: readonly Option[]; issues: readonly Issue[] } {
  const urn = parseUrn(wishes.base);
  if (!urn)
    return {
      options: [],
      issues: [
        issue(
          analysis,
          'error',
          'BASE_INVALID',
          `base ${wishes.base} is no image URN`,
          'write publisher:offer:sku or publisher:offer:sku:version',
        ),
      ],
    };
  const unknown = issue(
    analysis,
    'info',
    'BASE_UNCATALOGUED',
    `base ${wishes.base} is not in the catalog`,
    'its generation, architecture and plan are taken from Azure',
  );
  return { options: [fixedOption(urn, analysis, source, wishes, catalog)], issues: isCatalogued(urn, catalog) ? [] : [unknown] };
}

function issue({ image }: Analysis, severity: Issue['severity'], code: IssueCode, message: string, hint: string): Issue {
  return { severity, code, message, hint, image };
}
