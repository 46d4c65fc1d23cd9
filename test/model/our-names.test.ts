import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageTemplateName, isOurName, type Leftover, packerGroupPrefix, runIdOf, testGroupName } from '../../src/model/index.ts';

const RUN = '20261119t081502-3f9a';

const group = (name: string, tags = {}): Leftover => ({ kind: 'resource-group', id: '/g', name, tags, deleting: false, holds: [] });
const template = (name: string): Leftover => ({ kind: 'image-template', id: '/t', name, tags: {}, deleting: false });
const staging = (name: string, owner: string) => group(name, { createdBy: 'AzureVMImageBuilder', imageTemplateName: owner });

/** Everything that a run makes for a time, by the names it is given. */
function made(image: string, run: string, attempt: string): readonly Leftover[] {
  return [
    group(testGroupName(run, image, attempt)),
    group(`${packerGroupPrefix(image)}-${run}-${attempt}`),
    template(imageTemplateName(image, run)),
    staging('IT_rg_images_1', imageTemplateName(image, run)),
  ];
}

const image = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,62}$/);
const run = fc
  .tuple(fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), fc.stringMatching(/^[0-9a-f]{4}$/))
  .map(([time, digits]) => runIdOf(time, digits));
const attempt = fc.stringMatching(/^[0-9a-z]{4,8}$/);

test('a run knows all that it made, whatever the image is called, and no other run takes it for its own', () => {
  fc.assert(
    fc.property(image, run, run, attempt, (name, own, other, number) => {
      const things = made(name, own, number);
      expect(things.filter((thing) => !isOurName(thing, own))).toEqual([]);
      fc.pre(own !== other);
      expect(things.filter((thing) => isOurName(thing, other))).toEqual([]);
    }),
  );
});

test("an image that is called like another run's group is not taken for that run's", () => {
  const other = '20261101t000000-0000';
  expect(made(`web-${other}`, RUN, 'ab12').map((thing) => [isOurName(thing, RUN), isOurName(thing, other)])).toEqual(
    Array.from({ length: 4 }, () => [true, false]),
  );
});

describe('what has the id of a run in its name, but not where regild puts it, is not ours', () => {
  test.each([
    [`data-${RUN}`],
    [`${RUN}-regild-web`],
    [`backup-of-regild-web-${RUN}`],
    [`regild-web-${RUN}-production-data`],
    [`regild-${RUN}x-web`],
    [`rg-regild-web-${RUN}`],
    [`rg-${RUN}-web`],
    [`xrg-regild-${RUN}-web-ab12`],
  ])('the group %s', (name) => expect(isOurName(group(name), RUN)).toBe(false));

  test.each([[`web-${RUN}`], [`regild-web-${RUN}-2`], [`regild-${RUN}-web`]])('the template %s', (name) => {
    expect([isOurName(template(name), RUN), isOurName(staging('IT_x', name), RUN)]).toEqual([false, false]);
  });

  test('a group of Image Builder that is called otherwise', () => {
    expect(isOurName(staging('rg-data', imageTemplateName('web', RUN)), RUN)).toBe(false);
  });

  test('nothing is of a run without a name', () => {
    expect(made('web', '', 'ab12').map((thing) => isOurName(thing, ''))).toEqual([false, false, false, false]);
  });
});
