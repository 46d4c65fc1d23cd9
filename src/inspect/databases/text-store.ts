import { randomInt } from 'node:crypto';

/** Bytes of one page of texts. A longer text has a page of its own. */
const PAGE = 2 ** 18;
/** Numbers that are kept of a text: its page, where it begins there, its bytes. */
const FIELDS = { page: 0, start: 1, length: 2, count: 3 } as const;

/**
 * Different texts as bytes, numbered from 0 in the order in which they came, and found again by what they are: of a hundred thousand, no object is kept of
 * any. Texts are UTF-8, or hexadecimal and half as long.
 */
export class TextStore {
  readonly #encoding: 'utf8' | 'hex';
  readonly #base = randomInt(2 ** 16, PRIME);
  readonly #pages: Buffer[] = [Buffer.alloc(PAGE)];
  #used = 0;
  #places = new Uint32Array(FIELDS.count * 256);
  #size = 0;
  /** By the hash of a text its number plus 1, or where others have that place, behind it. */
  #slots = new Uint32Array(1024);
  #scratch = Buffer.alloc(4096);

  constructor(encoding: 'utf8' | 'hex') {
    this.#encoding = encoding;
  }

  get size(): number {
    return this.#size;
  }

  /** The text of a number that was given. */
  get(index: number): string {
    return this.#bytes(index).toString(this.#encoding);
  }

  /** The number of a text, undefined for one that was not added. */
  find(text: string): number | undefined {
    const bytes = this.#encode(text);
    const number = this.#slots[this.#slot(bytes)] ?? 0;
    return number === 0 ? undefined : number - 1;
  }

  /** The number of a text, which is added where it is not there. */
  add(text: string): number {
    const bytes = this.#encode(text);
    const slot = this.#slot(bytes);
    const known = this.#slots[slot] ?? 0;
    if (known > 0) return known - 1;
    this.#append(bytes);
    this.#slots[slot] = this.#size;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return this.#size - 1;
  }

  #append(bytes: Buffer): void {
    let page = this.#pages.at(-1) ?? bytes;
    if (this.#used + bytes.length > page.length) {
      page = Buffer.alloc(Math.max(PAGE, bytes.length));
      this.#pages.push(page);
      this.#used = 0;
    }
    bytes.copy(page, this.#used);
    this.#places.set([this.#pages.length - 1, this.#used, bytes.length], this.#size * FIELDS.count);
    this.#used += bytes.length;
    this.#size += 1;
    if ((this.#size + 1) * FIELDS.count <= this.#places.length) return;
    const larger = new Uint32Array(this.#places.length * 2);
    larger.set(this.#places);
    this.#places = larger;
  }

  /** The bytes of a text, until the next is encoded. */
  #encode(text: string): Buffer {
    if (this.#scratch.length < text.length * 3) this.#scratch = Buffer.alloc(text.length * 3);
    return this.#scratch.subarray(0, this.#scratch.write(text, this.#encoding));
  }

  #bytes(index: number): Buffer {
    const at = index * FIELDS.count;
    const start = this.#places[at + FIELDS.start] ?? 0;
    const page = this.#pages[this.#places[at + FIELDS.page] ?? 0] ?? this.#scratch;
    return page.subarray(start, start + (this.#places[at + FIELDS.length] ?? 0));
  }

  /** Where the number of a text stands among the slots, or would. */
  #slot(bytes: Buffer): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(bytes, this.#base) & mask;
    for (;;) {
      const number = this.#slots[slot] ?? 0;
      if (number === 0 || this.#bytes(number - 1).equals(bytes)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 4);
    for (let index = 0; index < this.#size; index += 1) this.#slots[this.#slot(this.#bytes(index))] = index + 1;
  }
}

/** The largest prime below 2^26: a product of two remainders is a whole number that JavaScript holds. */
const PRIME = 67_108_859;

/** The bytes in pairs as digits of a number in a base that nobody knows, modulo a prime: no disk can be made whose texts fall together. */
function hashOf(bytes: Buffer, base: number): number {
  let hash = bytes.length;
  for (let at = 0; at < bytes.length; at += 2) hash = (hash * base + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)) % PRIME;
  return hash;
}
