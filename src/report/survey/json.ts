import type { PrintedSurvey, Survey, SurveyedImage } from '../../model/index.ts';
import { visibleJson } from '../encode.ts';

/** The survey as JSON, images in the order of the survey; what is not known is null. `docs/how-to/survey.md` lists the fields. */
export function renderSurveyJson({ formatVersion, images, ...rest }: Survey): string {
  return `${visibleJson(JSON.stringify({ formatVersion, images: images.map(answer), ...rest }, null, 2))}\n`;
}

/** The fields that programs rely on come first, each present in every answer. */
function answer({
  imageId,
  name,
  os,
  architecture,
  bootMode,
  licence,
  generation,
  ...rest
}: SurveyedImage): PrintedSurvey['images'][number] {
  const { verdict, bases, warnings, confidence, ...further } = rest;
  return {
    imageId: imageId ?? null,
    name: name ?? null,
    os: { family: os.family ?? null, distro: os.distro ?? null, version: os.version ?? null },
    architecture: architecture ?? null,
    bootMode: bootMode ?? null,
    licence: licence ?? null,
    verdict,
    bases,
    generation: generation ?? null,
    warnings,
    confidence,
    ...further,
  };
}
