import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Every function that writes a text into a language, and the test that tries it with random texts (fast-check, of a seed; `test/survive/run.sh rounds`
 * prints how many), where there is one judged by a stranger: a real shell, hcl2json, the parser of the platform.
 */
const ENCODERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'src/engines/encode.ts': {
    hclString: 'test/engines/encode.test.ts',
    goTemplateText: 'test/engines/encode.test.ts',
    jsonText: 'test/engines/encode.test.ts',
  },
  'src/report/encode.ts': {
    visible: 'test/report/encode.test.ts',
    visibleJson: 'test/report/encode.test.ts',
    entities: 'test/report/encode.test.ts',
    markdown: 'test/report/hostile.test.ts',
    markdownCode: 'test/report/encode.test.ts',
  },
  'src/guest/quote.ts': {
    shellWord: 'test/adapters/shell-word.test.ts',
    powershellString: 'test/guest/quote.test.ts',
    nativeArgument: 'test/guest/quote.test.ts',
    base64Lines: 'test/adapters/azure/texts.test.ts',
  },
  'src/adapters/one-line.ts': { oneLine: 'test/adapters/azure/texts.test.ts' },
  'src/adapters/plain-text.ts': { plainText: 'test/adapters/azure/texts.test.ts' },
  'src/adapters/azure/connection/arm-path.ts': { armPath: 'test/adapters/azure/texts.test.ts' },
  'src/deploy/comment.ts': { commentText: 'test/adapters/azure/texts.test.ts' },
  'src/model/json-pieces.ts': { jsonPieces: 'test/model/json-pieces.test.ts' },
  'src/ci/annotations.ts': { annotations: 'test/ci/annotations.test.ts', uploadSummary: 'test/adapters/azure/texts.test.ts' },
  'src/ci/log-groups.ts': { logGroup: 'test/ci/log-groups.test.ts' },
};

const source = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test.each(Object.entries(ENCODERS))('%s: each of its functions is tried with random texts', (file, fuzzers) => {
  const exported = [...source(file).matchAll(/^export (?:function\*?|const) (\w+)/gm)].map(([, name]) => name);
  expect(exported).toEqual(Object.keys(fuzzers));
  for (const [name, fuzzer] of Object.entries(fuzzers)) {
    const code = source(fuzzer);
    expect({ name, isTried: /\bfc\.(?:property|asyncProperty)\(/.test(code) }).toEqual({ name, isTried: true });
  }
});
