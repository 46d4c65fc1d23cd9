/** The page's style: one column, light or dark as the reader's system is, readable in print. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fbfaf7; --card: #fff; --ink: #1d1f23; --soft: #62666f; --line: #e2dfd7; --gold: #a5751a; --good: #1d7a45; --bad: #b3261e; --warn: #96600a; --ask: #1f5fa8; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16171a; --card: #1e2024; --ink: #e8e6e1; --soft: #9ca0a8; --line: #34373d; --gold: #e0b45c; --good: #63c98c; --bad: #ff8a80; --warn: #f0b95a; --ask: #86b9f5; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 2rem 1.25rem 4rem; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h1 span { color: var(--gold); } h2 { font-size: 1.25rem; margin: 0 0 .75rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
p { margin: .25rem 0 1rem; } .soft { color: var(--soft); } a { color: inherit; }
code, .code { font: .875em/1.5 ui-monospace, "Cascadia Mono", Menlo, monospace; overflow-wrap: anywhere; unicode-bidi: isolate; }
.notice { border: 2px dashed var(--gold); border-radius: .5rem; padding: .6rem 1rem; font-weight: 600; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem 1.5rem; margin: 1.25rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; } th { color: var(--soft); font-weight: 500; overflow-wrap: normal; }
tr:last-child > * { border-bottom: 0; } .facts th[scope] { width: 7rem; } .points { text-align: right; font-variant-numeric: tabular-nums; width: 4rem; white-space: nowrap; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .65rem; font-size: .8125rem; font-weight: 600; line-height: 1.6; vertical-align: middle; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .ask { color: var(--ask); }
.issues { list-style: none; margin: 0 0 1rem; padding: 0; } .issues > li { border-left: 3px solid currentColor; padding: .1rem 0 .1rem .75rem; margin: .6rem 0; } .issues div, .issues ul { color: var(--ink); } .issues div.soft { color: var(--soft); }
progress { width: 8rem; height: .6rem; accent-color: var(--good); vertical-align: middle; margin-right: .5rem; }
details { margin: .75rem 0; } details details { margin: .4rem 0 .4rem 1rem; } summary { cursor: pointer; } summary:hover { color: var(--gold); }
ul.steps { display: flex; flex-wrap: wrap; gap: .35rem; list-style: none; padding: 0; margin: 0 0 1rem; font-size: .8125rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .75rem; border: 1px solid var(--line); border-radius: .5rem; font-size: .8125rem; }
:root [hidden][hidden] { display: none; }
@media (max-width: 44rem) {
  body { padding: 1.25rem .75rem 3rem; } section { padding: 1rem; }
  table:not(.bars), table:not(.bars) > *, table:not(.bars) > * > tr, table:not(.bars) > * > tr > * { display: block; } table:not(.bars) > * > tr:has(> th[scope="col"]) { display: none; }
  table:not(.bars) > * > tr > *, table:not(.bars) > tbody > tr:last-child > * { border-bottom: 0; padding: .1rem 0; width: auto; text-align: left; } table:not(.bars) > tbody > tr { border-bottom: 1px solid var(--line); padding: .45rem 0; } table:not(.bars) td:empty { display: none; }
  [data-label]::before { content: attr(data-label) " "; color: var(--soft); }
}
@media print {
  body { max-width: none; padding: 0; font-size: 12px; } section { border: 0; padding: 0; } h2, h3, summary { break-after: avoid; } tr, figure, .issues > li { break-inside: avoid; }
  details::details-content { display: block; content-visibility: visible; block-size: auto; } summary { list-style: none; font-weight: 600; }
}
@media (min-width: 44rem) { td.word { white-space: nowrap; } }
`;
