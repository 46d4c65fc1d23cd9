import { expect, test } from 'vitest';
import { readPrices } from '../src/prices.ts';

const GOOD = `currency: EUR
date: 2026-11-01
source: price sheet
vmHour: { Standard_D2s_v5: 0.11 }
storageGBMonth: { Standard_LRS: 0.05 }
egressGB: 0.02
`;

test('a price file, with what it says of itself', () => {
  expect(readPrices(GOOD, 'prices.yaml')).toEqual({
    prices: {
      from: { file: 'prices.yaml', currency: 'EUR', date: '2026-11-01', source: 'price sheet' },
      vmHour: { Standard_D2s_v5: 0.11 },
      storageGBMonth: { Standard_LRS: 0.05 },
      egressGB: 0.02,
    },
    issues: [],
  });
});

const placed = (text: string) =>
  readPrices(text, 'p.yaml').issues.map(({ code, message, place }) => `${code} ${place?.line}:${place?.column} ${message}`);

test.each([
  [
    'a currency that is none',
    GOOD.replace('EUR', 'euro'),
    ['PRICES_INVALID 1:11 p.yaml: currency: a currency is three capital letters, for example EUR'],
  ],
  ['a date without a day', GOOD.replace('2026-11-01', '2026-11'), ['PRICES_INVALID 2:7 p.yaml: date: a date is written like 2026-11-01']],
  ['a negative price', GOOD.replace('0.11', '-1'), [expect.stringMatching(/^PRICES_INVALID 4:28 p\.yaml: vmHour\.Standard_D2s_v5: /)]],
  ['a price in words', GOOD.replace('0.02', 'cheap'), [expect.stringMatching(/^PRICES_INVALID 6:11 p\.yaml: egressGB: /)]],
  ['a key that means nothing', `${GOOD}discount: 3\n`, [expect.stringMatching(/^PRICES_INVALID 1:1 p\.yaml: the file: .*discount/)]],
  ['no YAML', 'currency: [', [expect.stringMatching(/^PRICES_INVALID 1:\d+ p\.yaml: not valid YAML: /)]],
  ['an empty file', '', [expect.stringMatching(/^PRICES_INVALID 1:1 p\.yaml: the file: /)]],
])('%s is told with its place, and nothing is taken from the file', (_name, text, messages) => {
  expect(placed(text)).toEqual(messages);
  expect(readPrices(text, 'p.yaml').prices).toBeUndefined();
});

test('a file that does not exist', () => {
  expect(readPrices(undefined, 'p.yaml').issues).toEqual([
    {
      severity: 'error',
      code: 'PRICES_INVALID',
      message: 'the price file p.yaml does not exist',
      hint: 'name it relative to the manifest',
    },
  ]);
});
