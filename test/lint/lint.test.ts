import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { RegildError } from '../../src/errors.ts';
import { lintManifest } from '../../src/lint/index.ts';
import type { Issue } from '../../src/model/index.ts';

const catalog = await loadCatalog();

/** Files beside the manifest: `site.sh` is text, `logo.png` is not, `app` is a folder. */
const assets = {
  isThere: async (path: string) => path !== 'missing.pem',
  user: async (path: string) => {
    if (path === 'logo.png') throw new RegildError('FILE_INVALID', 'logo.png is not UTF-8 text', { hint: 'scripts are text' });
    return path === 'site.sh' ? 'true\n' : undefined;
  },
  userFile: async (path: string) => (path === 'logo.png' ? { content: 'AAAA', encoding: 'base64' as const } : undefined),
  userFolder: async (path: string) => (path === 'app' ? [] : undefined),
};

const TARGET = 'target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg, gallery: gal, location: northeurope }';

/** Issues of one image with these keys, as `line:column severity code: message (hint)`; the keys start on line 5. */
async function lint(keys: string, defaults = TARGET, environment = {}): Promise<readonly string[]> {
  const source = keys.includes('source:') ? '' : '    source: { ami: ami-0123456789abcdef0, region: eu-west-1 }\n';
  const text = `version: 1\ndefaults: { ${defaults} }\nimages:\n  web:\n${keys}\n${source}`;
  const { issues } = await lintManifest({ text, file: 'images.yaml', environment, catalog, assets });
  return issues.map(told);
}

function told({ severity, code, message, hint, image, place }: Issue): string {
  return `${place?.line}:${place?.column} ${image ?? '-'} ${severity} ${code}: ${message} (${hint})`;
}

test('an image whose names are all known has nothing to say', async () => {
  const keys = [
    '    regions: [northeurope, { name: West Europe }]',
    '    rollout: { waves: [{ regions: [northeurope] }] }',
    '    accept: { successor: ubuntu-24.04, without: [ha] }',
    '    customize: [{ shell: { script: site.sh } }, { file: { from: logo.png, to: /srv/logo.png } }, { shell: [echo] }]',
    '    components: { aws-cli-v2: remove }',
    '    checks: { skip: [azl-35-administrator-login], answers: [{ id: SL-17, item: /srv/*, reason: a test key }] }',
  ];
  expect(await lint(keys.join('\n'))).toEqual([]);
});

test('a misspelt AWS region is an error; one that may have opened since then is a warning', async () => {
  expect(await lint('    source: { ami: ami-0123456789abcdef0, region: eu-wset-1 }')).toEqual([
    '5:51 web error REGION_UNKNOWN: source.region "eu-wset-1" is no AWS region that regild knows (did you mean `eu-west-1`?)',
  ]);
  expect(await lint('    source: { ami: ami-0123456789abcdef0, region: eu-west-9 }')).toEqual([
    '5:51 web warning REGION_UNKNOWN: source.region "eu-west-9" is no AWS region that regild knows (one that opened since then is fine; `regild plan` asks the cloud)',
  ]);
});

test('a location is looked up wherever one stands, and points at its own value', async () => {
  const keys = '    regions: [northeurope, westeurop, { name: swedencentrall }]\n    rollout: { waves: [{ regions: [westeurop] }] }';
  expect(await lint(keys)).toEqual([
    '5:28 web error LOCATION_UNKNOWN: regions[1] "westeurop" is no Azure location that regild knows (did you mean `westeurope`?)',
    '5:47 web error LOCATION_UNKNOWN: regions[2].name "swedencentrall" is no Azure location that regild knows (did you mean `swedencentral`?)',
    '6:36 web error LOCATION_UNKNOWN: rollout.waves[0].regions[0] "westeurop" is no Azure location that regild knows (did you mean `westeurope`?)',
  ]);
});

test('what stands in the defaults is told once, where it stands, for no image in particular', async () => {
  const text = `version: 1
defaults: { source: { region: us-eats-1 }, ${TARGET} }
images:
  a: { source: { ami: ami-0123456789abcdef0 } }
  b: { source: { ami: ami-0123456789abcdef1 } }
`;
  const { images, issues } = await lintManifest({ text, file: 'f.yaml', environment: {}, catalog, assets });
  expect([images, issues.map(told)]).toEqual([
    ['a', 'b'],
    ['2:31 - error REGION_UNKNOWN: source.region "us-eats-1" is no AWS region that regild knows (did you mean `us-east-1`?)'],
  ]);
});

test('releases, words, components and checks are names of the catalog', async () => {
  const keys = [
    '    accept: { successor: [ubuntu-24.4], without: hq }',
    '    components:',
    '      aws-cli-v9: keep',
    '      no-such-thing-at-all: keep',
    '    checks:',
    '      skip: [azl-35-administrator-logn]',
    '      answers: [{ id: SL-99, item: x, reason: y }]',
    '      add: [{ id: azl-35-administrator-login, title: t, shell: [echo] }]',
  ];
  expect(await lint(keys.join('\n'))).toEqual([
    '5:27 web error VALUE_INVALID: accept.successor names "ubuntu-24.4", which is not a release that regild knows (did you mean `ubuntu-24.04`?)',
    '5:50 web error VALUE_INVALID: accept.without names "hq", which is not a word of AMIs that regild knows (did you mean `ha`?)',
    '7:7 web error COMPONENT_UNKNOWN: components names "aws-cli-v9", which is not an AWS component that regild knows (did you mean `aws-cli-v1`?)',
    '8:7 web error COMPONENT_UNKNOWN: components names "no-such-thing-at-all", which is not an AWS component that regild knows (`regild explain` lists those of an image)',
    '10:14 web error CHECK_UNKNOWN: checks.skip names "azl-35-administrator-logn", which is not a check (did you mean `azl-35-administrator-login`?)',
    '11:23 web error CHECK_UNKNOWN: checks.answers names "SL-99", which is not a check (did you mean `SL-19`?)',
    "12:19 web error CHECK_ID_TAKEN: checks.add names a check 'azl-35-administrator-login', which there is already (give your check a name of its own, for example with your team in front; docs/reference/checks.md lists those that are taken)",
  ]);
});

test('a component that is only ever reported cannot be removed', async () => {
  const reported = catalog.components.find(({ policy }) => policy === 'report');
  expect(await lint(`    components: { ${reported?.id}: remove }`)).toEqual([
    `5:19 web error COMPONENT_NOT_REMOVABLE: components asks to remove '${reported?.id}', which is only ever reported (remove it with a step of your own under \`customize\`)`,
  ]);
});

test('files that steps and checks name have to be there, and be what they are used as', async () => {
  const keys = [
    '    customize:',
    '      - shell: { script: site.sh }',
    '      - shell: { script: nowhere.sh }',
    '      - shell: { script: logo.png }',
    '      - file: { from: nowhere.tar, to: /srv/x }',
    '    checks: { add: [{ id: app, title: t, shell: { script: check.sh } }] }',
  ];
  expect(await lint(keys.join('\n'))).toEqual([
    '7:9 web error FILE_NOT_FOUND: customize[1] names nowhere.sh, which does not exist (paths are relative to the manifest)',
    '8:9 web error FILE_INVALID: customize[2] names logo.png, which cannot be read as it should (scripts are text)',
    '9:9 web error FILE_NOT_FOUND: customize[3] names nowhere.tar, which does not exist (paths are relative to the manifest)',
    '10:21 web error FILE_NOT_FOUND: checks.add[0] names check.sh, which does not exist (paths are relative to the manifest)',
  ]);
});

test("a fork has none of the owner's variables: what holds one is not judged, everything else is", async () => {
  const target = "target: { subscription: '${AZURE_SUBSCRIPTION_ID}', resourceGroup: rg, gallery: gal, location: norheurope }";
  expect(await lint('    generation: V3', target)).toEqual([
    '2:37 - warning VARIABLE_MISSING: environment variable "AZURE_SUBSCRIPTION_ID" in target.subscription is not set: the value is not checked (set it, give a default as in ${AZURE_SUBSCRIPTION_ID:-value}, or write $${AZURE_SUBSCRIPTION_ID} for the text itself)',
    '2:108 web error LOCATION_UNKNOWN: target.location "norheurope" is no Azure location that regild knows (did you mean `northeurope`?)',
    '5:17 web error VALUE_INVALID: generation "V3" is not one of auto, V1, V2 (did you mean `V1`?)',
  ]);
});

test('a text that is no YAML is told as such, and no image is looked at', async () => {
  const { images, issues } = await lintManifest({ text: 'images: [', file: 'f.yaml', environment: {}, catalog, assets });
  expect([images, issues.map(({ code }) => code)]).toEqual([[], ['MANIFEST_SYNTAX']]);
});
