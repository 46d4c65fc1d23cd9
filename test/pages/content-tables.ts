import type { Page } from './chromium.ts';

/** A table as a browser has it: what stands above it, and the text of its cells. */
export interface Table {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** The tables of a page that say what is in an image: of a run's report those of content, proposal and parity, of other pages all. */
export async function contentTables(page: Page): Promise<readonly Table[]> {
  const tables = await page.evaluate<readonly Table[]>(`(() => {
    for (const one of document.querySelectorAll('details')) one.open = true;
    const text = (cell) => cell.innerText.trim();
    return [...document.querySelectorAll('main table')].map((table) => ({
      title: table.closest('details')?.querySelector('summary').innerText.trim() ?? '',
      rows: [...table.rows].map((row) => [...row.cells].map(text)),
    }));
  })()`);
  const isRun = tables.some(({ title }) => title.startsWith('parity: '));
  return isRun ? tables.flatMap(ofRun) : tables.map(withoutDigests);
}

const RUN_TABLE = /^(?:could not be read|proposed for|carried by no step|parity: )/;
const RUN_FACTS = ['content', 'AWS parts', 'secrets', 'fidelity', 'parity'];

function ofRun({ title, rows }: Table): readonly Table[] {
  if (RUN_TABLE.test(title)) return [{ title, rows }];
  const facts = rows.filter(([label = '']) => RUN_FACTS.includes(label));
  return title === '' && facts.length > 0 ? [{ title: 'facts', rows: facts }] : [];
}

/** What another day, another run or another script of regild changes is not what is judged. */
function withoutDigests({ title, rows }: Table): Table {
  const plain = (cell: string) =>
    cell
      .replaceAll(/\b[0-9a-f]{64}\b/g, '<digest>')
      .replaceAll(/\b\d{4}\.\d{4}\.\d+\b/g, '<version>')
      .replaceAll(/\b\d{8}t\d{6}-[0-9a-f]{4}\b/g, '<run>');
  return { title, rows: rows.map((row) => row.map(plain)) };
}

/** How the tables of a page are not those that are wanted; empty where they are the same. */
export function differing(shown: readonly Table[], wanted: readonly Table[]): readonly string[] {
  const [ours, theirs] = [shown, wanted].map((tables) =>
    tables.flatMap(({ title, rows }) => rows.map((row) => `${title}: ${JSON.stringify(row)}`)),
  );
  return [
    ...(theirs ?? []).filter((line) => !ours?.includes(line)).map((line) => `it does not say ${line}`),
    ...(ours ?? []).filter((line) => !theirs?.includes(line)).map((line) => `it says ${line}`),
    ...(JSON.stringify(shown) === JSON.stringify(wanted) ? [] : ['its tables are not those of content.json']),
  ];
}
