import type { AnalysisOutline, Confidence, Evidence } from '../model/index.ts';

/** A finding in words, with its evidence for and against. */
export interface FindingLine {
  readonly label: string;
  /** `unknown` where nothing settles it. */
  readonly value: string;
  readonly confidence: Confidence;
  readonly evidence: readonly (Evidence & { readonly against: boolean })[];
}

/** Every finding of an analysis, in the order in which an engineer asks. */
export function findingsOf(analysis: AnalysisOutline): readonly FindingLine[] {
  const { amiFamily, product, osFamily, distro, version, variant, language, architecture, bootMode, licence, stock } = analysis;
  const known = {
    'AMI family': amiFamily,
    'vendor product': product,
    'OS family': osFamily,
    distribution: distro,
    version,
    variant,
    language,
    architecture,
    'boot mode': bootMode,
    licence,
    'public AMI as it is': stock,
  };
  return Object.entries(known).flatMap(([label, finding]) => {
    if (finding === undefined) return [];
    const { value, confidence, evidence } = finding;
    return [
      {
        label,
        value: inWords(value),
        confidence,
        evidence: evidence.map((each) => ({ ...each, against: value !== undefined && each.suggests !== String(value) })),
      },
    ];
  });
}

function inWords(value: string | boolean | undefined): string {
  if (value === undefined) return 'unknown';
  return typeof value === 'string' ? value : value ? 'yes' : 'no';
}
