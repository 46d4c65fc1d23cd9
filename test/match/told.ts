import { loadCatalog } from '../../src/catalog/load.ts';
import { matchOffline } from '../../src/match/index.ts';
import { NO_WISHES, type Wishes } from '../../src/match/option.ts';
import type { Analysis, BaseMatch, Candidate, Confidence, Finding } from '../../src/model/index.ts';
import { anAnalysis } from '../fakes/values.ts';

export const CATALOG = await loadCatalog();

/** The day on which the tests ask. */
export const TODAY = new Date('2026-11-21T08:15:02.000Z');

/** A finding without evidence; undefined = unknown. */
export function found<Value>(value: Value | undefined, confidence: Confidence = 'high'): Finding<Value> {
  return value === undefined ? { confidence: 'none', evidence: [] } : { value, confidence, evidence: [] };
}

/** An analysed AMI of a distribution: x64, BIOS, free, its publisher's own, changed where a test needs it. */
export function ami(distro: string | undefined, version: string | undefined, change: Partial<Analysis> = {}): Analysis {
  return anAnalysis({
    distro: found(distro),
    version: found(version),
    amiFamily: found(undefined),
    bootMode: found('legacy-bios' as const),
    stock: found(true),
    ...change,
  });
}

/** The match without Azure, on the day of the tests. */
export function matched(analysis: Analysis, wishes: Partial<Wishes> = {}): BaseMatch {
  return matchOffline(analysis, CATALOG, { ...NO_WISHES, ...wishes }, TODAY);
}

/** publisher:offer:sku. */
export function image({ urn }: Pick<Candidate, 'urn'>): string {
  return `${urn.publisher}:${urn.offer}:${urn.sku}`;
}

/** The ranking as a person reads it. */
export function ranking(match: BaseMatch): readonly string[] {
  return match.candidates.map((candidate) => `${candidate.score} ${image(candidate)} ${candidate.generation} ${candidate.confidence}`);
}

/** Severity and code of every issue. */
export function issuesOf({ issues }: BaseMatch): readonly string[] {
  return issues.map(({ severity, code }) => `${severity} ${code}`);
}
