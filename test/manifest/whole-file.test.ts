import { describe, expect, test } from 'vitest';
import { fleetOf, told } from './told.ts';

const START = 'start with `version: 1`, then `images:` with one entry per image';

describe('a file that is no fleet gets one clear message', () => {
  test.each([
    ['', `1:1 MANIFEST_INVALID the file is empty | ${START}`],
    ['# nothing yet\n', `1:1 MANIFEST_INVALID the file is empty | ${START}`],
    ['- web\n', `1:1 MANIFEST_INVALID the file must be a mapping with \`version\` and \`images\`, got a list | ${START}`],
    ['web', `1:1 MANIFEST_INVALID the file must be a mapping with \`version\` and \`images\`, got plain text | ${START}`],
    ['version: 1\n', `1:1 KEY_MISSING images is missing | ${START}`],
    ['version: 1\nimages: []\n', '2:9 VALUE_INVALID images must be a mapping, got a list | write `key: value` lines, without the dash'],
    ['version: 1\nimages: {}\n', '2:1 MANIFEST_INVALID images holds no image | add an entry such as `web-golden:` below it'],
    [fleetOf('  web:\n').replace('version: 1', 'version: 2'), '1:10 VALUE_INVALID version 2 is not 1 | this regild reads version 1'],
    ['images:\n\tweb: 1\n', '2:1 MANIFEST_SYNTAX not valid YAML: tabs are not allowed as indentation | indent with spaces'],
    [
      'a: 1\n---\nb: 2\n',
      '2:1 MANIFEST_SYNTAX not valid YAML: the file holds more than one document | remove the `---` line; one file holds one fleet',
    ],
    [
      'a: b: c\n',
      '1:4 MANIFEST_SYNTAX not valid YAML: nested mappings are not allowed in compact mappings | put a value that contains `: ` in quotes',
    ],
    [
      'a: "b\n',
      '2:1 MANIFEST_SYNTAX not valid YAML: missing closing "quote | check indentation, quotes and brackets on this line and the one above',
    ],
    [
      'a: !secret x\n',
      '1:4 MANIFEST_SYNTAX not valid YAML: unresolved tag: !secret | remove the tag, or put a value that starts with `!` in quotes',
    ],
    ['['.repeat(5000), expect.stringMatching(/^1:\d+ MANIFEST_SYNTAX .* \| the file is nested too deeply$/)],
    [
      'a: &a [*a]\n',
      '1:7 MANIFEST_TOO_LARGE values are nested more than 40 levels deep | use fewer aliases (`*name`), or split the fleet into several files',
    ],
  ])('%j', (text, message) => {
    expect(told(text)).toEqual([message]);
  });
});

test('aliases of aliases cannot blow the file up', () => {
  const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const bomb = levels
    .map(
      (name, index) =>
        `${name}: &${name} [${Array(10)
          .fill(index === 0 ? '1' : `*${levels[index - 1]}`)
          .join(', ')}]`,
    )
    .join('\n');
  expect(told(bomb)).toEqual([
    '5:7 MANIFEST_TOO_LARGE the file expands to more than 250000 values | use fewer aliases (`*name`), or split the fleet into several files',
  ]);
});

test('an alias without anchor and a key that is no text are told where they stand', () => {
  expect(told(fleetOf('  web: { tags: { a: *x, b: {{ y }} } }\n'))).toEqual([
    '6:21 MANIFEST_SYNTAX [web] alias "*x" has no anchor | mark a value above with `&x`, or put the text in quotes',
    '6:28 VALUE_INVALID [web] tags.b must be text, got a mapping | undefined',
    '6:29 MANIFEST_SYNTAX [web] a key is a mapping or list, not text | put the key, or a value that starts with a brace or bracket, in quotes',
  ]);
});

test('two images with one name are told with both lines', () => {
  expect(told(fleetOf('  web:\n  api:\n  web: { engine: packer }\n'))).toEqual([
    '8:3 IMAGE_DUPLICATE [web] image "web" is defined twice, on lines 6 and 8 | rename one of them, or remove it',
  ]);
});

test('a key that is set twice is told with both lines', () => {
  expect(told(fleetOf('  web:\n    engine: packer\n    engine: image-builder\n'))).toEqual([
    '8:5 KEY_DUPLICATE [web] key "engine" is set twice, on lines 7 and 8 | keep one of them',
  ]);
});

test('keys of JavaScript objects are ordinary unknown keys', () => {
  expect(told(fleetOf('  constructor: { __proto__: { engine: packer }, toString: 1 }\n'))).toEqual([
    '6:18 KEY_UNKNOWN [constructor] key "__proto__" is not allowed | choose another name',
    expect.stringMatching(
      /^6:49 KEY_UNKNOWN \[constructor\] unknown key "toString" in image "constructor" \| known keys here: source, inspect, engine, /,
    ),
  ]);
});

test('what is left of a mapping with a problem is not judged, and the rest of its image is', () => {
  const images =
    '  web: { records: { sign: { command: openssl } }, parity: true, regions: [westeurope] }\n  api: { records: { sign: {} } }\n';
  expect(told(fleetOf(images))).toEqual([
    '6:38 VALUE_INVALID [web] records.sign.command must be a list, got text "openssl" | write a list: ["openssl"]',
    '6:59 VALUE_INVALID [web] parity true is not one of report, warn, block | undefined',
    '6:74 REGION_MISSING [web] regions do not include "northeurope", the location that the image is built and staged in | add northeurope to `regions`, or set `target.location` to one of westeurope',
    '7:27 VALUE_INVALID [api] records.sign: give `key` or `command`, one of them, got nothing | give `key` or `command`, one of them',
  ]);
});

test('a truth value is told as it was written', () => {
  expect(told(fleetOf('  web: { measure: true }\n'))).toEqual([
    '6:19 VALUE_INVALID [web] measure must be a mapping, got true | its keys are boot, diskRead, diskWrite, diskIops, diskLatency, network, networkLatency',
  ]);
});
