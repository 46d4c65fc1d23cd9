import { type PrintedSurvey, WAVE_TITLES } from '../model/index.ts';
import type { FirstImage } from './first-manifest.ts';
import { AZURE } from './names.ts';

type Surveyed = PrintedSurvey['images'][number];

/** An AMI that can become an image, with its AWS region. */
export interface SurveyedEntry extends Pick<FirstImage, 'name' | 'notes'> {
  readonly source: Extract<FirstImage['source'], { readonly kind: 'ami' }>;
}

/** The AMIs of a survey that are to become images, by wave: the newest of those that are nearly the same, and none that takes another road. */
export function surveyedImages({ images }: Pick<PrintedSurvey, 'images'>): readonly SurveyedEntry[] {
  const wanted = images
    .filter(({ wave, nearDuplicate }) => wave !== 4 && nearDuplicate?.newest !== false)
    .flatMap((image) => {
      const { imageId, region } = image;
      return imageId === null || region === undefined ? [] : [{ image, source: { kind: 'ami', ami: imageId, region } as const }];
    })
    .toSorted((one, other) => one.image.wave - other.image.wave);
  const names = uniqueNames(wanted.map(({ image, source }) => named(image.name ?? source.ami)));
  return wanted.map(({ image, source }, index) => ({ name: names[index] ?? source.ami, source, notes: notesOf(image) }));
}

/** The name of an AMI as one of an image: what no name may hold becomes a dash. */
function named(name: string): string {
  const dashed = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return AZURE.definition.pattern.test(dashed) ? dashed : 'image';
}

/** The same names, with a number behind each that stands before it already. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
    taken.add(free);
    return free;
  });
}

function notesOf({ name, wave, waveReasons, bases, warnings, use, nearDuplicate }: Surveyed): readonly string[] {
  const older = nearDuplicate === undefined ? 0 : nearDuplicate.size - 1;
  const used = use?.instances?.length ?? 0;
  return [
    `${name ?? 'without a name'}; wave ${wave}, ${WAVE_TITLES[wave]}${waveReasons.length === 0 ? '' : `: ${waveReasons.join('; ')}`}`,
    ...(bases[0] === undefined ? [] : [`likely base: ${bases[0]}`]),
    ...(warnings.length === 0 ? [] : [`warnings: ${warnings.join(', ')}`]),
    ...(older === 0 ? [] : [`the newest of ${older + 1} that are nearly the same`]),
    ...(used === 0 ? [] : [`${used} ${used === 1 ? 'instance runs' : 'instances run'} it`]),
  ];
}
