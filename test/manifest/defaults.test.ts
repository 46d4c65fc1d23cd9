import { expect, test } from 'vitest';
import { parseManifest } from '../../src/manifest/index.ts';
import { fleetOf, told } from './told.ts';

const TARGET = 'target: { subscription: 00000000-0000-0000-0000-000000000000, resourceGroup: rg, gallery: gal, location: northeurope }';

test('mappings merge key by key, lists are replaced, tags are added up', () => {
  const text = `version: 1
defaults:
  source: { owner: self, region: eu-west-1 }
  ${TARGET}
  regions: [northeurope, westeurope]
  build: { vmSize: Standard_D2s_v5, timeoutMinutes: 60 }
  tags: { team: platform, stage: prod, constructor: x }
images:
  web:
    source: { name: web-* }
    regions: [northeurope]
    build: { timeoutMinutes: 90 }
    tags: { team: web }
  api:
    source: { ami: ami-0123456789abcdef0 }
`;
  const { specs, issues } = parseManifest(text, 'images.yaml', {});
  expect(issues).toEqual([]);
  expect(
    specs.map(({ name, source, regions, build, tags }) => ({ name, source, regions: regions.map((region) => region.name), build, tags })),
  ).toEqual([
    {
      name: 'web',
      source: { kind: 'search', owner: 'self', name: 'web-*', region: 'eu-west-1' },
      regions: ['northeurope'],
      build: { vmSize: 'Standard_D2s_v5', timeoutMinutes: 90 },
      tags: { team: 'web', stage: 'prod', constructor: 'x' },
    },
    {
      name: 'api',
      source: { kind: 'ami', id: 'ami-0123456789abcdef0', region: 'eu-west-1' },
      regions: ['northeurope', 'westeurope'],
      build: { vmSize: 'Standard_D2s_v5', timeoutMinutes: 60 },
      tags: { team: 'platform', stage: 'prod', constructor: 'x' },
    },
  ]);
});

test('a problem inside the defaults is told once, at its own place, and spoils every image', () => {
  const text = fleetOf('  web:\n  api:\n').replace('gal_golden', 'gal-golden').replace('resourceGroup', 'resourcGroup');
  expect(told(text)).toEqual([
    '4:65 KEY_UNKNOWN unknown key "resourcGroup" in target | did you mean `resourceGroup`?',
    '4:99 VALUE_INVALID target.gallery "gal-golden" is not valid | a gallery name is 1 to 80 letters, digits, `_` or `.`, without dashes, and starts and ends with a letter or digit',
  ]);
  expect(parseManifest(text, 'images.yaml', {}).specs).toEqual([]);
});

test('a contradiction that all images inherit is told once; one that an image makes is told there', () => {
  const text = fleetOf('  web:\n  api:\n  own: { regions: [swedencentral, Sweden Central] }\n').replace(
    'images:',
    '  regions: [westeurope]\nimages:',
  );
  expect(told(text)).toEqual([
    '5:12 REGION_MISSING regions do not include "northeurope", the location that the image is built and staged in | add northeurope to `regions`, or set `target.location` to one of westeurope',
    '9:19 REGION_MISSING [own] regions do not include "northeurope", the location that the image is built and staged in | add northeurope to `regions`, or set `target.location` to one of swedencentral',
    '9:35 REGION_DUPLICATE [own] region "swedencentral" is listed twice | keep one of them',
  ]);
});

test('what is missing in the end is told at the image', () => {
  expect(told('version: 1\nimages:\n  web:\n    source: { owner: self }\n    target: { gallery: gal }\n')).toEqual([
    '4:5 KEY_MISSING [web] source.name is missing | set it under the image, or once for all images under `defaults`',
    '4:5 KEY_MISSING [web] source.region is missing | set it under the image, or once for all images under `defaults`',
    '5:5 KEY_MISSING [web] target.subscription is missing | set it under the image, or once for all images under `defaults`',
    '5:5 KEY_MISSING [web] target.resourceGroup is missing | set it under the image, or once for all images under `defaults`',
    '5:5 KEY_MISSING [web] target.location is missing | set it under the image, or once for all images under `defaults`',
  ]);
});

test('an AMI named in two ways in one place is a contradiction', () => {
  expect(told(fleetOf('  web: { source: { ami: ami-01234567, ssm: /aws/service/x } }\n'))).toEqual([
    '6:18 VALUE_INVALID [web] source: source names the AMI in more than one way, got "ami" and "ssm" | keep one of `ami`, `owner` with `name`, `ssm`, `disk` or `inventory`',
  ]);
});

test('two images may not publish into one definition, whatever its case', () => {
  const { specs, issues } = parseManifest(
    fleetOf('  web: { target: { definition: api } }\n  api:\n  API2: {}\n  x: { target: { definition: API } }\n'),
    'images.yaml',
    {},
  );
  expect(specs.map(({ name }) => name)).toEqual(['web']);
  expect(issues.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'TARGET_DUPLICATE image "api" publishes into definition "api" of gallery "gal_golden", as "web" on line 6 does',
    'NAME_INVALID name "API2" is not allowed here',
    'TARGET_DUPLICATE image "x" publishes into definition "API" of gallery "gal_golden", as "web" on line 6 does',
  ]);
});

test('production of two images may not lead to one definition, nor to one that another image is built into', () => {
  const web = '  web: { production: { gallery: prod, definition: shared } }\n';
  expect(
    told(fleetOf(`${web}  api: { production: { gallery: Prod, definition: shared } }\n  job: { production: { gallery: prod } }\n`)),
  ).toEqual([
    '7:10 TARGET_DUPLICATE [api] production of image "api" leads to definition "shared" of gallery "Prod", as "web" on line 6 does | give each image its own `production.definition`, or its own `production.gallery`',
  ]);
  expect(told(fleetOf(`${web}  shared: { target: { gallery: prod } }\n`))).toEqual([
    '6:10 TARGET_DUPLICATE [web] production of image "web" leads to definition "shared" of gallery "prod", as the target of "shared" on line 7 does | give each image its own `production.definition`, or its own `production.gallery`',
  ]);
});

test('a production that all images inherit is told at each image that clashes, and once where the image itself clashes by the same name', () => {
  const inherited = (images: string, production: string) => fleetOf(images).replace('images:', `  production: ${production}\nimages:`);
  expect(told(inherited('  web:\n  api:\n', '{ gallery: prod, definition: shared }'))).toEqual([
    '8:3 TARGET_DUPLICATE [api] production of image "api" leads to definition "shared" of gallery "prod", as "web" on line 7 does | give each image its own `production.definition`, or its own `production.gallery`',
  ]);
  expect(told(inherited('  web:\n  api:\n', '{ gallery: prod }'))).toEqual([]);
  expect(told(inherited('  web:\n  api: { target: { definition: web } }\n', '{ gallery: prod }'))).toEqual([
    '8:3 TARGET_DUPLICATE [api] image "api" publishes into definition "web" of gallery "gal_golden", as "web" on line 7 does | give each image its own `target.definition`',
  ]);
});

test('an image name that is no definition name needs a definition of its own', () => {
  expect(told(fleetOf('  web-: {}\n  api-: { target: { definition: api } }\n'))).toEqual([
    '6:3 NAME_INVALID [web-] image name "web-" cannot be the name of its image definition | set `target.definition`; an image definition name is 1 to 80 letters, digits, `-`, `_` or `.`, and starts and ends with a letter or digit',
  ]);
});

test('a source whose parts were all refused is not said to be missing as well', () => {
  const target =
    '{ subscription: 00000000-0000-0000-0000-000000000000, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }';
  const codes = told(`version: 1\nimages:\n  web:\n    source: { ami: ami-0abc, regoin: eu-west-1 }\n    target: ${target}\n`);
  expect(codes.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['4:20 VALUE_INVALID', '4:30 KEY_UNKNOWN']);
});

test('a file may stand for the AMI, without a region', () => {
  expect(told(fleetOf('  web: { source: { disk: disks/web.vhd } }\n  api: { source: { inventory: api.tsv } }\n'))).toEqual([]);
});

test('a file that is the source is read in any case', () => {
  expect(told(fleetOf('  web: { source: { disk: disks/web.vhd }, inspect: never }\n'))).toEqual([
    '6:52 VALUE_INVALID [web] inspect is never, and the source is a file that is only read | take `inspect` out, or name the AMI',
  ]);
});

test('regions and waves of a production are held to the rules of those of an image', () => {
  const production =
    '{ gallery: prod, regions: [northeurope, North Europe], rollout: { waves: [{ regions: [uksouth, northeurope] }, { regions: [northeurope] }] } }';
  expect(told(fleetOf(`  web: { production: ${production} }\n`))).toEqual([
    '6:62 REGION_DUPLICATE [web] region "northeurope" is listed twice | keep one of them',
    '6:108 VALUE_INVALID [web] production.rollout.waves[0] names "uksouth", which is not among the regions of production | add it to `production.regions`, or take it out of the wave; the regions are northeurope, northeurope',
    '6:145 VALUE_INVALID [web] region "northeurope" is in two waves | keep it in one of them',
  ]);
});

test('what stands behind the last wave, and would wait for nothing, is refused', () => {
  const waves = (last: string) =>
    `  web: { regions: [northeurope, uksouth], rollout: { waves: [{ regions: [northeurope], check: true }${last}] } }\n`;
  const hint = 'take it out, or leave regions for the waves behind it';
  expect(told(fleetOf(waves('')))).toEqual([]);
  expect(told(fleetOf(waves(', { regions: [uksouth], approval: false }')))).toEqual([]);
  expect(told(fleetOf(waves(', { regions: [uksouth], pause: 1d, check: true }')))).toEqual([
    `6:132 VALUE_INVALID [web] rollout.waves[1].pause waits for a next wave, and there is none | ${hint}`,
    `6:143 VALUE_INVALID [web] rollout.waves[1].check waits for a next wave, and there is none | ${hint}`,
  ]);
});
