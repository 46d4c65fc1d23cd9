import { expect, test } from 'vitest';
import { inProduction } from '../../src/living/production.ts';
import { parseManifest } from '../../src/manifest/index.ts';

const GUID = '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f';
const COMMUNITY = '{ prefix: contoso, publisher: "https://contoso.com", contact: images@contoso.com, eula: "https://contoso.com/eula" }';

function parsed(sharing: string, more = '', gallery = 'gal') {
  const target = `target: { subscription: ${GUID}, resourceGroup: rg, gallery: ${gallery}, location: northeurope }`;
  return `  { source: { ami: ami-0123456789abcdef0, region: eu-central-1 }, ${target}, sharing: ${sharing}${more} }\n`;
}

const problems = (text: string) =>
  parseManifest(`version: 1\nimages:\n  web:\n  ${text}`, 'images.yaml', {}).issues.map(({ code, message }) => [code, message]);
const spec = (text: string) => parseManifest(`version: 1\nimages:\n  web:\n  ${text}`, 'images.yaml', {}).specs[0];

test('a gallery is shared where versions are used', () => {
  const readers = { readers: [GUID], subscriptions: [], tenants: [] };
  const inTest = spec(parsed(`{ readers: [${GUID}] }`));
  const halves = spec(parsed(`{ readers: [${GUID}] }`, ', production: { gallery: gal_production }'));
  expect([inTest?.sharing, halves?.sharing, halves && inProduction(halves).map(({ sharing }) => sharing)]).toEqual([
    readers,
    undefined,
    [readers],
  ]);
  expect(spec(parsed(`{ community: ${COMMUNITY} }`, ', accept: { sharing: public }'))).toMatchObject({
    accept: { sharing: ['public'] },
    sharing: {
      community: { prefix: 'contoso', uri: 'https://contoso.com', contact: 'images@contoso.com', eula: 'https://contoso.com/eula' },
    },
  });
});

test.each([
  ['both kinds', parsed(`{ subscriptions: [${GUID}], community: ${COMMUNITY} }`), 'sharing names subscriptions or tenants and a community'],
  ['too many tenants', parsed(`{ tenants: [${Array(6).fill(GUID)}] }`), 'sharing.tenants names more than 5'],
  ['too many subscriptions', parsed(`{ subscriptions: [${Array(31).fill(GUID)}] }`), 'sharing.subscriptions names more than 30'],
  [
    'a bound image',
    parsed(`{ tenants: [${GUID}] }`, ', security: TrustedLaunch'),
    'security is TrustedLaunch, and Azure shares such images by roles alone',
  ],
  ['a name for an id', parsed('{ readers: [platform-team] }'), 'sharing.readers[0] "platform-team"'],
  [
    'a public address that is not safe',
    parsed(`{ community: ${COMMUNITY.replace('https://contoso.com/eula', 'http://contoso.com/eula')} }`),
    'sharing.community.eula',
  ],
  [
    'a publisher who is not told',
    parsed(`{ community: ${COMMUNITY.replace('prefix: contoso, ', '')} }`),
    'sharing.community.prefix is missing',
  ],
])('%s', (_, text, words) => {
  expect(problems(text).map(([, message]) => message)).toEqual([expect.stringContaining(words)]);
});

test('a bound image may be shared by roles, and images of one gallery are shared alike', () => {
  expect(problems(parsed(`{ readers: [${GUID}] }`, ', security: TrustedLaunch'))).toEqual([]);
  const two = `${parsed(`{ tenants: [${GUID}] }`)}  db:\n  ${parsed(`{ readers: [${GUID}] }`, '', 'GAL')}`;
  expect(problems(two)).toEqual([['VALUE_INVALID', 'sharing is another for gallery "GAL", and one for it at "web" on line 3']]);
});
