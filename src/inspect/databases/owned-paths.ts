import { TextStore } from './text-store.ts';

/** The digest that a package manager keeps of a file as it was packed, hexadecimal. */
export interface PackedDigest {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512';
  readonly hex: string;
}

/** A path that a package brought. */
export interface OwnedPath {
  readonly package: string;
  readonly digest?: PackedDigest | undefined;
}

/** Every file, link and folder of every package, by absolute path as the package names it. */
export interface OwnedPaths extends Iterable<readonly [string, OwnedPath]> {
  readonly size: number;
  get(path: string): OwnedPath | undefined;
  /** True where a package brought a file of this digest (hexadecimal), wherever. */
  hasDigest(hex: string): boolean;
}

/** Bytes of each algorithm's digests. */
const LENGTHS = { md5: 16, sha1: 20, sha256: 32, sha512: 64 } as const;
const ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha512'] as const;
/** Numbers of an entry, which has the number of its path: its owner, whose digest it has, which one, and its algorithm. Owners are counted from 1. */
const FIELDS = { owner: 0, digestOf: 1, digest: 2, algorithm: 3, count: 4 } as const;

/**
 * Owned paths in little room: a system has a hundred thousand, and as objects with their texts each takes 350 bytes, here 110. Packages may tell in any
 * order; where several claim a path it is the one that was introduced last.
 */
export class OwnedPathTable implements OwnedPaths {
  readonly #names: string[] = [];
  readonly #paths = new TextStore('utf8');
  readonly #digests = new TextStore('hex');
  #entries = new Uint32Array(FIELDS.count * 256);

  /** The number by which a package is meant from here on. */
  introduce(name: string): number {
    return this.#names.push(name);
  }

  add(path: string, owner: number): void {
    const at = this.#entry(path);
    this.#entries[at + FIELDS.owner] = Math.max(this.#entries[at + FIELDS.owner] ?? 0, owner);
  }

  /** The first digest that a package has of a path, which it may own; one that is none of its algorithm is passed over. */
  addDigest(path: string, owner: number, { algorithm, hex }: PackedDigest): void {
    if (hex.length !== LENGTHS[algorithm] * 2 || /[^0-9a-f]/i.test(hex)) return;
    const at = this.#entry(path);
    if ((this.#entries[at + FIELDS.digestOf] ?? 0) >= owner) return;
    this.#entries.set([owner, this.#digests.add(hex), ALGORITHMS.indexOf(algorithm)], at + FIELDS.digestOf);
  }

  get size(): number {
    return [...this.#owned()].length;
  }

  get(path: string): OwnedPath | undefined {
    const index = this.#paths.find(path);
    return index === undefined ? undefined : this.#at(index * FIELDS.count);
  }

  hasDigest(hex: string): boolean {
    return this.#digests.find(hex) !== undefined;
  }

  *[Symbol.iterator](): Generator<readonly [string, OwnedPath]> {
    for (const index of this.#owned()) {
      const owned = this.#at(index * FIELDS.count);
      if (owned !== undefined) yield [this.#paths.get(index), owned];
    }
  }

  /** The place of a path's entry, which is made where there is none. */
  #entry(path: string): number {
    const at = this.#paths.add(path) * FIELDS.count;
    if (at + FIELDS.count > this.#entries.length) {
      const larger = new Uint32Array(this.#entries.length * 2);
      larger.set(this.#entries);
      this.#entries = larger;
    }
    return at;
  }

  *#owned(): Generator<number> {
    for (let index = 0; index < this.#paths.size; index += 1) {
      if ((this.#entries[index * FIELDS.count + FIELDS.owner] ?? 0) > 0) yield index;
    }
  }

  #at(at: number): OwnedPath | undefined {
    const [owner = 0, digestOf, digest = 0, algorithm = 0] = this.#entries.subarray(at + FIELDS.owner, at + FIELDS.count);
    const name = this.#names[owner - 1];
    if (name === undefined) return undefined;
    const known = ALGORITHMS[algorithm];
    if (digestOf !== owner || known === undefined) return { package: name };
    return { package: name, digest: { algorithm: known, hex: this.#digests.get(digest) } };
  }
}

/** The paths of the package managers of one system; what several claim is the last one's. */
export function joinedPaths(parts: readonly OwnedPaths[]): OwnedPaths {
  const [first = new OwnedPathTable(), second, ...others] = parts.filter(({ size }) => size > 0);
  return second === undefined ? first : joinedPaths([merged(first, second), ...others]);
}

function merged(first: OwnedPaths, second: OwnedPaths): OwnedPaths {
  const all = function* () {
    for (const item of first) if (second.get(item[0]) === undefined) yield item;
    yield* second;
  };
  return {
    size: [...all()].length,
    get: (path) => second.get(path) ?? first.get(path),
    hasDigest: (hex) => first.hasDigest(hex) || second.hasDigest(hex),
    [Symbol.iterator]: all,
  };
}
