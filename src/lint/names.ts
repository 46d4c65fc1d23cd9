import type { Catalog } from '../catalog/schema.ts';
import { didYouMean, type ImageProblem, type ManifestEntry, subject, suggest } from '../manifest/index.ts';
import { type IssueCode, normalLocation } from '../model/index.ts';

type Entry = ManifestEntry['entry'];

/** Names in an image that the catalog decides about: regions, locations, releases, words, components, checks. Paths start at the image. */
export function lintNames(entry: Entry, catalog: Catalog): readonly ImageProblem[] {
  return [
    ...awsRegion(entry, catalog),
    ...locations(entry, catalog),
    ...releases(entry, catalog),
    ...words(entry, catalog),
    ...components(entry, catalog),
    ...checks(entry, catalog),
  ];
}

function awsRegion({ source }: Entry, { regions }: Catalog): readonly ImageProblem[] {
  if (source?.region === undefined) return [];
  const known = regions.map(({ id }) => id);
  return place('REGION_UNKNOWN', 'AWS region', { path: ['source', 'region'], name: source.region, known });
}

function locations({ target, regions = [], rollout }: Entry, { geographies }: Catalog): readonly ImageProblem[] {
  const known = geographies.flatMap((geography) => geography.locations.map(({ name }) => name));
  const named = [
    ...(target?.location === undefined ? [] : [{ path: ['target', 'location'], name: target.location }]),
    ...regions.map((region, index) =>
      typeof region === 'string' ? { path: ['regions', index], name: region } : { path: ['regions', index, 'name'], name: region.name },
    ),
    ...(rollout?.waves ?? []).flatMap((wave, index) =>
      (wave.regions ?? []).map((name, at) => ({ path: ['rollout', 'waves', index, 'regions', at], name })),
    ),
  ];
  return named.flatMap(({ path, name }) => place('LOCATION_UNKNOWN', 'Azure location', { path, name: normalLocation(name), known }));
}

interface Named {
  readonly path: ImageProblem['path'];
  readonly name: string;
  readonly known: readonly string[];
}

/** Clouds open places faster than catalogs learn of them: a name is wrong where its letters are nearly those of a known one, else only doubtful. */
function place(code: IssueCode, what: string, { path, name, known }: Named): readonly ImageProblem[] {
  if (known.includes(name)) return [];
  const near = suggest(name, known);
  const misspelt = near !== undefined && letters(near) !== letters(name);
  const hint = misspelt ? `did you mean \`${near}\`?` : 'one that opened since then is fine; `regild plan` asks the cloud';
  const message = `${subject(path)} ${JSON.stringify(name)} is no ${what} that regild knows`;
  return [{ path, at: 'value', code, severity: misspelt ? 'error' : 'warning', message, hint }];
}

function letters(name: string): string {
  return name.replaceAll(/\d/g, '');
}

function releases({ accept }: Entry, catalog: Catalog): readonly ImageProblem[] {
  const known = catalog.releases.map(({ id }) => id);
  return unknownIn('accept.successor', accept?.successor, known, 'a release', 'regild catalog show <release>');
}

function words({ accept }: Entry, { variants }: Catalog): readonly ImageProblem[] {
  const known = variants.flatMap(({ id, alsoWords }) => [id, ...alsoWords]);
  return unknownIn('accept.without', accept?.without, known, 'a word of AMIs', 'regild explain <image>');
}

function unknownIn(
  key: string,
  given: string | readonly string[] | undefined,
  known: readonly string[],
  what: string,
  verb: string,
): readonly ImageProblem[] {
  const list = typeof given === 'string' ? [given] : (given ?? []);
  return list.flatMap((name, index): readonly ImageProblem[] => {
    if (known.includes(name)) return [];
    const path = typeof given === 'string' ? key.split('.') : [...key.split('.'), index];
    const message = `${key} names ${JSON.stringify(name)}, which is not ${what} that regild knows`;
    const hint = didYouMean(name, known);
    const severity = hint === undefined ? 'warning' : 'error';
    return [{ path, at: 'value', code: 'VALUE_INVALID', severity, message, hint: hint ?? `\`${verb}\` shows what there is` }];
  });
}

function components({ components: answers = {} }: Entry, catalog: Catalog): readonly ImageProblem[] {
  const known = catalog.components.map(({ id }) => id);
  return Object.entries(answers).flatMap(([id, answer]): readonly ImageProblem[] => {
    const component = catalog.components.find((one) => one.id === id);
    const at = { path: ['components', id], at: 'key' } as const;
    if (component === undefined) {
      const message = `components names ${JSON.stringify(id)}, which is not an AWS component that regild knows`;
      return [{ ...at, code: 'COMPONENT_UNKNOWN', message, hint: didYouMean(id, known) ?? '`regild explain` lists those of an image' }];
    }
    if (answer === 'keep' || (component.policy !== 'report' && component.policy !== 'unsupported')) return [];
    const message = `components asks to remove '${id}', which is only ever reported`;
    return [{ ...at, code: 'COMPONENT_NOT_REMOVABLE', message, hint: 'remove it with a step of your own under `customize`' }];
  });
}

function checks({ checks: given }: Entry, catalog: Catalog): readonly ImageProblem[] {
  const known = catalog.checks.map(({ id }) => id);
  const own = (given?.add ?? []).map(({ id }) => id);
  const rules = [...known, ...own, ...catalog.leakRules.map(({ id }) => id.toUpperCase())];
  return [
    ...(given?.skip ?? []).flatMap((id, index) => unknownCheck(['checks', 'skip', index], id, known)),
    ...(given?.answers ?? []).flatMap(({ id }, index) => unknownCheck(['checks', 'answers', index, 'id'], id, rules)),
    ...own.flatMap((id, index) => takenCheck(id, index, own.indexOf(id) < index || known.includes(id))),
  ];
}

function unknownCheck(path: ImageProblem['path'], id: string, known: readonly string[]): readonly ImageProblem[] {
  if (known.includes(id)) return [];
  const message = `checks.${path[1]} names ${JSON.stringify(id)}, which is not a check`;
  return [{ path, at: 'value', code: 'CHECK_UNKNOWN', message, hint: didYouMean(id, known) ?? 'docs/reference/checks.md lists them' }];
}

function takenCheck(id: string, index: number, taken: boolean): readonly ImageProblem[] {
  if (!taken) return [];
  const message = `checks.add names a check '${id}', which there is already`;
  const hint =
    'give your check a name of its own, for example with your team in front; docs/reference/checks.md lists those that are taken';
  return [{ path: ['checks', 'add', index, 'id'], at: 'value', code: 'CHECK_ID_TAKEN', message, hint }];
}
