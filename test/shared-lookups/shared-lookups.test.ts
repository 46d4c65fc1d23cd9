import { describe, expect, test } from 'vitest';
import { type DefinitionRef, type ImageSpec, isInAws } from '../../src/model/index.ts';
import { sharingLookups } from '../../src/shared-lookups/index.ts';
import { fakeContext } from '../fakes/context.ts';
import { anAnalysis, aSpec } from '../fakes/values.ts';

const TARGET = aSpec().target;
const { ami: AMI } = anAnalysis();

/** A fleet in one gallery, each image with an AMI and a definition of its own. */
function fleetOf(images: number): readonly ImageSpec[] {
  return Array.from({ length: images }, (_, index) =>
    aSpec({
      name: `web-${index}`,
      source: { kind: 'ami', id: `ami-${index}`, region: 'eu-west-1' },
      target: { ...TARGET, definition: `web-${index}` },
    }),
  );
}

/** Looks every image up, and tells what was asked and what was found. The cloud has the AMIs and definitions of even numbers. */
async function lookUp(specs: readonly ImageSpec[], { denied = false } = {}) {
  const asked: string[] = [];
  const there = (name: string) => Number(name.split('-').at(-1)) % 2 === 0;
  const list = <Item>(what: string, items: readonly Item[]) => {
    asked.push(what);
    return denied ? Promise.reject(new Error('denied')) : Promise.resolve(items);
  };
  const ask = <Item>(what: string, name: string, item: Item) => {
    asked.push(`${what} ${name}`);
    return Promise.resolve(there(name) ? item : undefined);
  };
  const context = fakeContext({
    ec2: {
      findAmi: async (source) => (source.kind === 'ami' ? ask('ami', source.id, { ...AMI, id: source.id }) : undefined),
      findAmis: (sources) =>
        list(
          `${sources.length} sources`,
          sources.map((source) => (source.kind === 'ami' && there(source.id) ? { ...AMI, id: source.id } : undefined)),
        ),
    },
    gallery: {
      definitions: ({ gallery }: Omit<DefinitionRef, 'definition'>) =>
        list(
          `definitions of ${gallery}`,
          specs.filter(({ name }) => there(name)).map(({ name }) => ({ name: name.toUpperCase() }) as never),
        ),
      definition: ({ definition }) => ask('definition', definition, { name: definition.toUpperCase() } as never),
      versions: async ({ definition }) => (await ask('versions', definition, [])) ?? [],
      version: ({ definition, version }) => ask(`version ${version}`, definition, { name: version } as never),
    },
  });
  const { ec2, gallery } = sharingLookups(specs, context).ports;
  const found = await Promise.all(
    specs.map(async ({ source, target }) => {
      const ref = { ...target };
      const [ami, definition, version] = [
        isInAws(source) ? await ec2.findAmi(source) : undefined,
        await gallery.definition(ref),
        await gallery.version({ ...ref, version: '1' }),
      ];
      await gallery.versions(ref);
      return [ami?.id, definition?.name, version?.name];
    }),
  );
  return { asked: asked.toSorted(), found };
}

const FOUND = ['0', '1', '2', '3', '4', '5', '6', '7'].map((number) =>
  Number(number) % 2 === 0 ? [`ami-${number}`, `WEB-${number}`, '1'] : [undefined, undefined, undefined],
);
const each = (what: string, numbers: readonly number[], name = 'web') => numbers.map((number) => `${what} ${name}-${number}`);
const ALL = [0, 1, 2, 3, 4, 5, 6, 7];

describe('what the images of a fleet ask', () => {
  test('AMIs are described together, definitions listed once; only one that is there is asked for versions', async () => {
    const { asked, found } = await lookUp(fleetOf(8));
    expect(found).toEqual(FOUND);
    expect(asked).toEqual(
      [
        '8 sources',
        `definitions of ${TARGET.gallery}`,
        // A source without an answer is asked for once more: that call knows why.
        ...each('ami', [1, 3, 5, 7], 'ami'),
        ...each('versions', [0, 2, 4, 6]),
        ...each('version 1', [0, 2, 4, 6]),
      ].toSorted(),
    );
  });

  test('where lists may not be read, each image asks for itself', async () => {
    const { asked, found } = await lookUp(fleetOf(8), { denied: true });
    expect(found).toEqual(FOUND);
    expect(asked).toEqual(
      [
        '8 sources',
        `definitions of ${TARGET.gallery}`,
        ...each('ami', ALL, 'ami'),
        ...['definition', 'versions', 'version 1'].flatMap((what) => each(what, ALL)),
      ].toSorted(),
    );
  });

  test('a few images ask for themselves', async () => {
    const { asked, found } = await lookUp(fleetOf(2));
    expect(found).toEqual(FOUND.slice(0, 2));
    expect(asked).toEqual(
      [...each('ami', [0, 1], 'ami'), ...['definition', 'versions', 'version 1'].flatMap((what) => each(what, [0, 1]))].toSorted(),
    );
  });
});
