import { type AnalysisOutline, type BaseMatch, type Candidate, formatUrn } from '../model/index.ts';
import { findingsOf } from './findings.ts';
import { opening, tableOf } from './html-parts.ts';
import { type Markup, markup } from './markup.ts';

/** Every base that was weighed, with its points, and those that were refused. */
export function candidatePart(match: BaseMatch | undefined): Markup | undefined {
  if (match === undefined || match.candidates.length + match.rejected.length === 0) return undefined;
  const refused = match.rejected.map(({ urn, reason }) => markup`<tr><td class="code">${urn}</td><td>${reason}</td></tr>\n`);
  const inside = markup`${match.candidates.map((candidate) => candidateDetails(candidate, candidate.base === match.chosen?.base))}${
    refused.length === 0 ? undefined : opening(`${refused.length} refused`, tableOf(refused, '', ['base', 'reason']))
  }`;
  return markup`<h3>Why this base</h3>\n${opening(`verdict ${match.verdict}, ${match.candidates.length} bases weighed, ${refused.length} refused`, inside)}`;
}

function candidateDetails(candidate: Candidate, chosen: boolean): Markup {
  const title = markup`<code>${formatUrn(candidate.urn)}</code> ${candidate.score} points${chosen ? markup` <span class="badge good">chosen</span>` : undefined}`;
  const reasons = candidate.reasons.map(
    ({ text, points }) => markup`<tr><td class="points">${points > 0 ? `+${points}` : points}</td><td>${text}</td></tr>\n`,
  );
  const differences = candidate.differences.map((text) => markup`<tr><td class="points warn">differs</td><td>${text}</td></tr>\n`);
  return opening(title, tableOf([...reasons, ...differences]));
}

/** What the AMI was found to be, each finding with the evidence for and against it. */
export function findingPart(analysis: AnalysisOutline | undefined): Markup | undefined {
  if (analysis === undefined) return undefined;
  const rows = findingsOf(analysis).map(({ label, value, confidence, evidence }) => {
    const seen = evidence.map(
      ({ from, observed, suggests, against }) =>
        markup`<div${against ? markup` class="warn"` : undefined}>${from} <code>${observed}</code> says ${suggests}</div>`,
    );
    return markup`<tr><th scope="row">${label}</th><td class="code">${value}</td><td>${confidence}</td><td>${seen}</td></tr>\n`;
  });
  return markup`<h3>What the AMI is</h3>\n${opening('findings and evidence', tableOf(rows, 'facts', ['', 'finding', 'confidence', 'evidence']))}`;
}
