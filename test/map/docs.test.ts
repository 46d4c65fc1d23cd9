import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { mappingDocument } from './mapping-document.ts';

/** To write the document anew after a change of the catalog: `npx vitest run test/map/docs.test.ts -u`. */
test('docs/reference/mapping.md says what the catalog says', async () => {
  await expect(mappingDocument(await loadCatalog())).toMatchFileSnapshot('../../docs/reference/mapping.md');
});
