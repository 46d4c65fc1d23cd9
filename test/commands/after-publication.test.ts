import { expect, test } from 'vitest';
import { afterPublication } from '../../src/commands/after-publication.ts';
import { aSpec } from '../fakes/values.ts';

const sharing = { readers: ['7d0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f'], subscriptions: [], tenants: [] };
const production = { target: { ...aSpec().target, gallery: 'gal_prod' }, regions: [], automatic: false };

test.each([
  ['nothing more is wanted', {}, []],
  ['it is shared', { sharing }, ['`regild refresh web` shares the gallery as `sharing` says, where it is not shared so yet']],
  ['somebody lets it into production', { production }, ['`regild promote web@production` copies the version into the gallery gal_prod']],
  [
    'it goes there by itself, and is shared there',
    { production: { ...production, automatic: true, sharing } },
    ['`regild refresh web@production` copies the version into the gallery gal_prod'],
  ],
])('what is left to do with a version that was published: %s', (_, wish, lines) => {
  expect(afterPublication(aSpec(wish))).toEqual(lines);
});
