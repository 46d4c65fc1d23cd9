import type { SurveyedImage } from '../../model/index.ts';
import { type Markup, markup } from '../markup.ts';

/** What most accounts have most of, and nobody moves: not shown until it is asked for. */
const OLDER = 'older of its kind';

/** A group of check boxes; each hides the rows of its class while it is not ticked. Classes are ours, never a value's own text. */
export interface Filter {
  readonly title: string;
  readonly options: readonly { readonly className: string; readonly label: string; readonly count: number; readonly ticked: boolean }[];
  readonly classOf: (image: SurveyedImage) => string;
}

/** The filters of a survey page: what its images differ in. */
export function filtersOf(images: readonly SurveyedImage[]): readonly Filter[] {
  return [
    filter('wave', 'w', images, ({ wave }) => `wave ${wave}`),
    filter('verdict', 'v', images, ({ verdict }) => verdict),
    filter('system', 's', images, ({ os }) => os.distro ?? 'unknown'),
    filter('confidence', 'c', images, ({ confidence }) => confidence),
    filter('in use', 'u', images, useWord),
    filter('duplicates', 'd', images, ({ nearDuplicate }) => (nearDuplicate?.newest === false ? OLDER : 'newest or only one')),
  ].filter(({ options }) => options.length > 1);
}

function useWord({ use }: SurveyedImage): string {
  if (use === undefined) return 'not asked';
  return (use.instances?.length ?? 0) + (use.launchTemplates?.length ?? 0) > 0 ? 'used' : 'not used';
}

function filter(title: string, prefix: string, images: readonly SurveyedImage[], labelOf: (image: SurveyedImage) => string): Filter {
  const groups = [...Map.groupBy(images, labelOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const classes = new Map(groups.map(([label], index) => [label, `${prefix}${index}`]));
  return {
    title,
    options: groups.map(([label, members]) => ({
      className: classes.get(label) ?? '',
      label,
      count: members.length,
      ticked: label !== OLDER,
    })),
    classOf: (image) => classes.get(labelOf(image)) ?? '',
  };
}

/**
 * The rules that make the check boxes work: a row is hidden while the box of one of its classes is not ticked. Looked for among the boxes alone: through a page of a
 * thousand rows it takes a browser a minute.
 */
export function filterStyle(filters: readonly Filter[]): string {
  return filters
    .flatMap(({ options }) =>
      options.map(({ className }) => `.chosen:has(#${className}:not(:checked)) ~ section tbody.${className} { display: none; }`),
    )
    .join('\n');
}

const CHECKED = { markup: ' checked' } as const;

export function filterBoxes(filters: readonly Filter[]): Markup {
  return markup`<form class="filters" aria-label="which AMIs are shown">${filters.map(
    ({ title, options }) =>
      markup`<fieldset><legend>${title}</legend>${options.map(
        ({ className, label, count, ticked }) =>
          markup`<label><input type="checkbox" id="${className}"${ticked ? CHECKED : undefined}> ${label} <span class="soft">${count}</span></label>`,
      )}</fieldset>\n`,
  )}<button type="reset">as it was</button></form>\n`;
}
