import { type Markup, markup } from './markup.ts';

/** Style of bars: the count stands beside each, so that length says nothing alone. */
export const BARS_STYLE = `
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1rem 2rem; align-items: start; }
.bars { table-layout: fixed; } .bars caption { text-align: left; font-weight: 600; padding: 0 0 .3rem; } .bars th, .bars td { border: 0; padding: .1rem .6rem .1rem 0; } .bars th { width: 45%; overflow-wrap: anywhere; } .bars td:last-child { padding-right: 0; }
.bar { height: .8rem; margin-top: .3rem; min-width: 2px; border-radius: .2rem; background: var(--gold); print-color-adjust: exact; } .bars .points { width: 3.5rem; color: var(--ink); }
`;

export interface Count {
  readonly name: string;
  readonly count: number;
}

/** Counts as bars, the longest first; the longest fills the width. Nothing where nothing is counted. */
export function bars(title: string, counts: readonly Count[]): Markup | undefined {
  const shown = counts.filter(({ count }) => count > 0).toSorted((one, other) => other.count - one.count);
  const most = shown[0]?.count;
  if (most === undefined) return undefined;
  const rows = shown.map(
    ({ name, count }) =>
      markup`<tr><th scope="row">${name}</th><td class="points">${count}</td><td><div class="bar" style="width: ${Math.round((count / most) * 1000) / 10}%"></div></td></tr>\n`,
  );
  return markup`<table class="bars"><caption>${title}</caption>\n${rows}</table>\n`;
}
