import type { Catalog } from '../catalog/schema.ts';
import {
  type AmiUse,
  type BaseMatch,
  formatOffer,
  type Issue,
  outlineOf,
  SURVEY_FORMAT_VERSION,
  type Survey,
  type SurveyedContent,
  type SurveyedImage,
} from '../model/index.ts';
import { adviceFor, overallAdvice, type UsedAmi } from './advice.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { ReadContent } from './contents.ts';
import { type Judged, outlineOfJudged } from './judged.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { summarise } from './summary.ts';
import type { UseOf } from './use.ts';
import { warningsOf } from './warnings.ts';
import { waveOf } from './waves.ts';

/** The survey of judged AMIs, in the order in which they came; each is let go when it is told. `issues` are what went wrong on the way. */
export function toSurvey(judged: Iterable<Judged>, useOf: UseOf, catalog: Catalog, issues: readonly Issue[]): Survey {
  const alone: SurveyedImage[] = [];
  const used: UsedAmi[] = [];
  for (const item of judged) {
    const use = useOf(item.ami);
    alone.push(surveyed(item, use, catalog));
    used.push({ judged: outlineOfJudged(item), use });
  }
  const duplicates = nearDuplicates(used.map((one) => one.judged));
  const images = alone.map((image, index) => ({ ...image, nearDuplicate: duplicates[index] }));
  return { formatVersion: SURVEY_FORMAT_VERSION, images, summary: summarise(images), advice: overallAdvice(used), issues };
}

/** One AMI for itself; whether it has near-duplicates shows when all are there. */
function surveyed(judged: Judged, use: AmiUse | undefined, catalog: Catalog): SurveyedImage {
  const { ami, analysis, match } = judged;
  const warnings = warningsOf(judged);
  const { wave, reasons } = waveOf(judged, warnings);
  return {
    imageId: ami.id || undefined,
    region: ami.region || undefined,
    name: ami.name,
    created: ami.created,
    os: { family: analysis.osFamily.value, distro: analysis.distro.value, version: analysis.version.value },
    variant: analysis.variant.value,
    architecture: analysis.architecture.value,
    bootMode: analysis.bootMode.value,
    licence: analysis.licence.value,
    verdict: match.verdict,
    bases: match.verdict === 'vendor' ? (match.vendor?.offers ?? []).map(formatOffer) : match.candidates.map(({ urn }) => formatOffer(urn)),
    generation: match.chosen?.generation,
    warnings,
    confidence: confidenceOf(match),
    wave,
    waveReasons: reasons,
    nearDuplicate: undefined,
    use,
    content: judged.content && contentOf(judged.content),
    capabilities: capabilitiesOf(judged, warnings, use, catalog),
    advice: adviceFor({ judged, use }),
  };
}

function contentOf(content: ReadContent): SurveyedContent {
  if (content.kind === 'unread') return content;
  const { counts, components, leaks, unread } = outlineOf(content.inventory);
  return {
    kind: 'read',
    packages: counts.packages,
    unowned: counts.unowned,
    changed: counts.changed,
    components: components.map(({ id }) => id),
    leaks: [...Map.groupBy(leaks, ({ rule }) => rule)].map(([name, found]) => ({ name, count: found.length })),
    unread: unread.length,
  };
}

/** The survey knows three degrees: what nothing speaks for is of low confidence. */
function confidenceOf({ confidence }: BaseMatch): SurveyedImage['confidence'] {
  return confidence === 'none' ? 'low' : confidence;
}
