import { describe, expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import { indexCatalog } from '../../src/catalog/index-catalog.ts';
import { NOW } from '../fakes/context.ts';
import { anAmi } from './an-ami.ts';
import { catalog } from './catalog.ts';

const examples = catalog.products.flatMap((product) => product.nameExamples.map((name) => ({ id: product.id, name })));

test('thirty-six vendors have an offer of their own, one has none that is a counterpart', () => {
  expect(catalog.products.length).toBe(37);
  expect(catalog.products.filter(({ nameExamples }) => nameExamples.length === 0)).toEqual([]);
  expect(catalog.products.filter(({ offers }) => offers.length === 0).map(({ id }) => id)).toEqual(['splunk']);
});

describe.each(examples)('$id: $name', ({ id, name }) => {
  test('is known under a Marketplace code', () => {
    const { product } = judgeAmi(
      anAmi({ name, ownerId: '679593333241', productCodes: [{ id: 'x', type: 'marketplace' }] }),
      [],
      catalog,
      NOW,
    );
    expect(product).toMatchObject({ value: id, confidence: 'medium' });
  });

  test('is a guess by name alone', () => {
    expect(judgeAmi(anAmi({ name }), [], catalog, NOW).product).toMatchObject({ value: id, confidence: 'low' });
  });
});

test('a product code proves the product whatever the name', () => {
  const [first, ...rest] = catalog.products;
  if (first === undefined) throw new Error('the catalog has no products');
  const known = indexCatalog({ ...catalog, products: [{ ...first, productCodes: ['abc'] }, ...rest] });
  expect(judgeAmi(anAmi({ productCodes: [{ id: 'abc', type: 'marketplace' }] }), [], known, NOW).product).toMatchObject({
    value: first.id,
    confidence: 'high',
  });
});

test('an ordinary AMI carries no product', () => {
  expect(judgeAmi(anAmi(), [], catalog, NOW).product).toBeUndefined();
});
