import { type SurveyedContent, type SurveyedImage, type SurveySummary, Verdict, WAVE_TITLES } from '../model/index.ts';

/** The numbers of a survey. Verdicts and waves come in their own order, distributions and warnings by how often they occur. */
export function summarise(images: readonly SurveyedImage[]): SurveySummary {
  const count = (matches: (image: SurveyedImage) => boolean) => images.filter(matches).length;
  const known = images.flatMap(({ use }) => use ?? []);
  const contents = images.flatMap(({ content }) => content ?? []);
  return {
    images: images.length,
    verdicts: Verdict.options.map((verdict) => ({ name: verdict, count: count((image) => image.verdict === verdict) })),
    distros: frequencies(images.map(({ os }) => os.distro ?? 'unknown')),
    waves: Object.entries(WAVE_TITLES).map(([wave, title]) => ({
      name: `wave ${wave} (${title})`,
      count: count((image) => image.wave === Number(wave)),
    })),
    warnings: frequencies(images.flatMap(({ warnings }) => warnings)),
    unknown: {
      os: count(({ os }) => os.distro === undefined),
      version: count(({ os }) => os.distro !== undefined && os.version === undefined),
      licence: count(({ licence }) => licence === undefined),
    },
    olderDuplicates: count(({ nearDuplicate }) => nearDuplicate?.newest === false),
    ...(known.length === 0
      ? {}
      : {
          used: {
            images: known.filter(({ instances, launchTemplates }) => (instances?.length ?? 0) + (launchTemplates?.length ?? 0) > 0).length,
            instances: known.reduce((sum, { instances }) => sum + (instances?.length ?? 0), 0),
          },
        }),
    ...(contents.length === 0 ? {} : { content: contentSummary(contents) }),
  };
}

/** For how many AMIs each thing was found, whatever often in one. */
function contentSummary(contents: readonly SurveyedContent[]): SurveySummary['content'] {
  const read = contents.flatMap((content) => (content.kind === 'read' ? [content] : []));
  return {
    read: read.length,
    unread: contents.length - read.length,
    components: frequencies(read.flatMap(({ components }) => components)),
    leaks: frequencies(read.flatMap(({ leaks }) => leaks.map(({ name }) => name))),
  };
}

function frequencies(names: readonly string[]): readonly { readonly name: string; readonly count: number }[] {
  const groups = [...Map.groupBy(names, (name) => name)].map(([name, members]) => ({ name, count: members.length }));
  return groups.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
