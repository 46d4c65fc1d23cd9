import type { Catalog } from '../catalog/schema.ts';
import {
  type BaseMatch,
  formatOffer,
  type Issue,
  type NearDuplicate,
  outlineOf,
  SURVEY_FORMAT_VERSION,
  type Survey,
  type SurveyedContent,
  type SurveyedImage,
} from '../model/index.ts';
import { adviceFor, overallAdvice, type UsedAmi } from './advice.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { ReadContent } from './contents.ts';
import type { Judged } from './judged.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { summarise } from './summary.ts';
import type { UseOf } from './use.ts';
import { warningsOf } from './warnings.ts';
import { waveOf } from './waves.ts';

/** The survey of judged AMIs, in the order in which they came. `issues` are what went wrong on the way. */
export function toSurvey(judged: readonly Judged[], useOf: UseOf, catalog: Catalog, issues: readonly Issue[]): Survey {
  const used: readonly UsedAmi[] = judged.map((item) => ({ judged: item, use: useOf(item.ami) }));
  const duplicates = nearDuplicates(judged);
  const images = used.map((item, index) => surveyed(item, duplicates[index], catalog));
  return { formatVersion: SURVEY_FORMAT_VERSION, images, summary: summarise(images), advice: overallAdvice(used), issues };
}

function surveyed(used: UsedAmi, nearDuplicate: NearDuplicate | undefined, catalog: Catalog): SurveyedImage {
  const { judged, use } = used;
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
    nearDuplicate,
    use,
    content: judged.content && contentOf(judged.content),
    capabilities: capabilitiesOf(judged, warnings, use, catalog),
    advice: adviceFor(used),
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
