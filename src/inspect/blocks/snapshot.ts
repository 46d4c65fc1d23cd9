import type { Snapshot, SnapshotPage } from '../../ports.ts';
import type { BlockSource } from './block-source.ts';
import { type CacheLimits, cached } from './cache.ts';

/** Pages of tokens that are remembered, of up to 10,000 blocks each. */
const MOST_PAGES = 8;

/** Fetching a block again costs a call: what reading comes back to is kept, packed. */
export const KEPT = { packed: 12 * 2 ** 20 } as const satisfies CacheLimits;

/** The disk that a snapshot holds. A block that the snapshot does not list was never written: zeroes. Pages of the list are read as they are needed. */
export async function snapshotSource(snapshot: Snapshot): Promise<BlockSource> {
  const first = await snapshot.list(0);
  const { volumeSize: size, blockSize: chunkSize } = first;
  const pages = new Pages(snapshot, first);
  const chunk = async (index: number) => {
    const token = await pages.token(index);
    return token === undefined ? undefined : snapshot.block(index, token);
  };
  return cached({ size, chunkSize, chunk }, KEPT);
}

/** Tokens of blocks, by the page that lists them. */
interface KnownPage {
  readonly from: number;
  /** The first block that it says nothing of. */
  readonly to: number;
  readonly tokens: ReadonlyMap<number, string>;
}

class Pages {
  readonly #snapshot: Snapshot;
  #known: readonly KnownPage[];
  /** Lists follow one another: blocks that are asked for together lie on the same page as a rule. */
  #listed: Promise<unknown> = Promise.resolve();

  constructor(snapshot: Snapshot, first: SnapshotPage) {
    this.#snapshot = snapshot;
    this.#known = [toKnown(0, first)];
  }

  async token(index: number): Promise<string | undefined> {
    const page = this.#find(index) ?? (await this.#list(index));
    return page.tokens.get(index);
  }

  #find(index: number): KnownPage | undefined {
    return this.#known.find(({ from, to }) => from <= index && index < to);
  }

  #list(index: number): Promise<KnownPage> {
    const page = this.#listed.then(async () => {
      const found = this.#find(index);
      if (found) return found;
      const listed = toKnown(index, await this.#snapshot.list(index));
      this.#known = [listed, ...this.#known].slice(0, MOST_PAGES);
      return listed;
    });
    // The next list does not fail because this one did.
    this.#listed = page.catch(() => undefined);
    return page;
  }
}

function toKnown(from: number, { blocks, isLast }: SnapshotPage): KnownPage {
  const last = blocks.at(-1)?.index ?? from;
  return { from, to: isLast ? Number.POSITIVE_INFINITY : last + 1, tokens: new Map(blocks.map(({ index, token }) => [index, token])) };
}
