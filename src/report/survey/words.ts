import { type Survey, type SurveyedImage, type SurveySummary, WAVE_TITLES, WaveNumber } from '../../model/index.ts';

/** Which AMI, in words: its id, or its name where a record has no id. */
export function idOf({ imageId, name }: SurveyedImage): string {
  return imageId ?? name ?? 'without id and name';
}

/** `ubuntu 22.04 minimal arm64`; what is not known is left out, an unknown system is said. */
export function systemOf({ os, variant, architecture }: SurveyedImage): string {
  const system = os.distro ?? `unknown ${os.family ?? 'system'}`;
  const version = os.distro !== undefined && os.version === undefined ? 'of unknown version' : os.version;
  return [system, version, variant === 'server' ? undefined : variant, architecture].filter((part) => part !== undefined).join(' ');
}

/** `5 instances, 1 template`; undefined where it was not asked. */
export function useOf({ use }: SurveyedImage): string | undefined {
  if (use === undefined) return undefined;
  const parts = [counted(use.instances?.length, 'instance'), counted(use.launchTemplates?.length, 'template')];
  const known = parts.filter((part) => part !== undefined);
  return known.length > 0 ? known.join(', ') : 'not in use';
}

function counted(count: number | undefined, word: string): string | undefined {
  return count ? `${count} ${word}${count === 1 ? '' : 's'}` : undefined;
}

/** `newest of 3`, or which AMI is newer; undefined for one that stands alone. */
export function duplicateOf({ nearDuplicate }: SurveyedImage): string | undefined {
  if (nearDuplicate === undefined) return undefined;
  const { newest, newestId, size, group } = nearDuplicate;
  return newest ? `newest of ${size} alike` : `older than ${newestId || `the newest of group ${group}`}`;
}

export interface WaveSection {
  readonly wave: WaveNumber;
  readonly title: string;
  readonly images: readonly SurveyedImage[];
  /** Each reason with the number of AMIs that it holds for, the most frequent first. */
  readonly reasons: readonly { readonly text: string; readonly count: number }[];
}

/** The waves that have AMIs, in order. */
export function waveSections({ images }: Survey): readonly WaveSection[] {
  const groups = Map.groupBy(images, ({ wave }) => wave);
  return WaveNumber.options.flatMap(({ value: wave }) => {
    const members = groups.get(wave);
    return members === undefined ? [] : [{ wave, title: WAVE_TITLES[wave], images: members, reasons: countReasons(members) }];
  });
}

function countReasons(images: readonly SurveyedImage[]): WaveSection['reasons'] {
  const groups = Map.groupBy(
    images.flatMap(({ waveReasons }) => waveReasons),
    (text) => text,
  );
  return [...groups].map(([text, members]) => ({ text, count: members.length })).sort((a, b) => b.count - a.count);
}

/** The numbers of a survey as labelled lines. */
export function summaryLines(summary: SurveySummary): readonly { readonly label: string; readonly text: string }[] {
  const { os, version, licence } = summary.unknown;
  const lines = [
    { label: 'verdicts', text: counts(summary.verdicts) },
    { label: 'systems', text: counts(summary.distros) },
    { label: 'waves', text: counts(summary.waves) },
    { label: 'unknown', text: counts([part('system', os), part('version', version), part('licence', licence)]) || 'nothing' },
    { label: 'warnings', text: counts(summary.warnings) },
    { label: 'duplicates', text: duplicatesText(summary) },
    { label: 'in use', text: usedText(summary) },
    ...contentLines(summary),
  ];
  return lines.filter(({ text }) => text !== '');
}

/** What was found on the disks that were read, each with the number of AMIs. */
function contentLines({ content }: SurveySummary): readonly { readonly label: string; readonly text: string }[] {
  if (content === undefined) return [];
  return [
    { label: 'disks', text: counts([part('read', content.read), part('could not be read', content.unread)]) },
    { label: 'AWS parts', text: counts(content.components) },
    { label: 'leaks', text: counts(content.leaks) },
  ];
}

function part(name: string, count: number): { readonly name: string; readonly count: number } {
  return { name, count };
}

function counts(list: SurveySummary['verdicts']): string {
  return list.flatMap(({ name, count }) => (count > 0 ? [`${count} × ${name}`] : [])).join(', ');
}

function duplicatesText({ olderDuplicates }: SurveySummary): string {
  if (olderDuplicates === 0) return '';
  return olderDuplicates === 1 ? '1 AMI has a newer one like it' : `${olderDuplicates} AMIs have a newer one like them`;
}

function usedText({ used, images }: SurveySummary): string {
  return used === undefined ? 'not asked' : `${used.images} of ${images} AMIs, by ${used.instances} instances`;
}
