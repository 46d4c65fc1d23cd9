import type { PrintedSurvey, Survey, SurveyedImage } from '../../model/index.ts';
import { renderJson } from '../json.ts';

/** The survey as JSON, piece by piece, images in the order of the survey; what is not known is null. `docs/how-to/survey.md` lists the fields. */
export function renderSurveyJson({ formatVersion, images, ...rest }: Survey): Generator<string> {
  return renderJson({ formatVersion, images: images.map(answer), ...rest });
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
