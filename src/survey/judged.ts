import { judgeAmi } from '../analyze/judge-ami.ts';
import type { Catalog } from '../catalog/schema.ts';
import { matchOffline, type Wishes } from '../match/index.ts';
import { type Ami, type Analysis, type BaseMatch, SCHEMA_VERSION } from '../model/index.ts';
import type { ReadContent } from './contents.ts';

/** One AMI of a survey with what analyze and match say of it. */
export interface Judged {
  readonly ami: Ami;
  readonly analysis: Analysis;
  readonly match: BaseMatch;
  /** What is on its disk, where that was asked. */
  readonly content?: ReadContent | undefined;
}

/**
 * What a comparison of AMIs with each other needs of a judged one: what speaks for each value is left behind, for an account may hold fifty thousand
 * AMIs.
 */
export interface Outline {
  readonly ami: Ami;
  readonly analysis: {
    readonly [Name in 'distro' | 'version' | 'architecture' | 'variant']: Pick<Analysis[Name], 'value'>;
  };
  readonly match: Pick<BaseMatch, 'verdict'>;
}

export function outlineOfJudged({ ami, analysis: { distro, version, architecture, variant }, match: { verdict } }: Judged): Outline {
  const only = <Known extends { readonly value?: unknown }>({ value }: Known): Pick<Known, 'value'> => ({ value });
  return {
    ami,
    analysis: { distro: only(distro), version: only(version), architecture: only(architecture), variant: only(variant) },
    match: { verdict },
  };
}

/** What is known and wished for when AMIs are judged, the same for all of them. */
export interface Judging {
  readonly catalog: Catalog;
  readonly wishes: Wishes;
  readonly now: Date;
}

/** What an AMI is and which base carries it, without asking Azure. `ancestry` holds the AMIs it was made from, nearest first. */
export function judge(ami: Ami, ancestry: readonly Ami[], { catalog, wishes, now }: Judging, content?: ReadContent): Judged {
  const judgement = judgeAmi(ami, ancestry, catalog, now, content?.kind === 'read' ? content.inventory : undefined);
  const analysis: Analysis = { kind: 'Analysis', schemaVersion: SCHEMA_VERSION, image: ami.id, ...judgement };
  return { ami, analysis, content, match: matchOffline(analysis, catalog, wishes, now) };
}
