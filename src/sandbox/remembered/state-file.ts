import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Said } from './said.ts';
import { SandboxStateError, stateErrorOf } from './state-error.ts';

/** Says of a SQLite file that it is ours (https://www.sqlite.org/pragma.html#pragma_application_id): "rgsb". */
const APPLICATION = 0x72677362;
const FORMAT = 1;
/** Most of a file, in pages of 4096 bytes: 256 MiB. */
const MOST_PAGES = 65_536;
/** Another process holds the file for the time of one request, in milliseconds. */
const PATIENCE = 30_000;

const TABLES = `
CREATE TABLE world (
  subscription TEXT PRIMARY KEY, epoch TEXT NOT NULL, regild TEXT NOT NULL, started INTEGER NOT NULL, time INTEGER NOT NULL,
  rest TEXT, rest_at INTEGER NOT NULL, rest_until INTEGER NOT NULL
) STRICT;
CREATE TABLE said (number INTEGER PRIMARY KEY AUTOINCREMENT, subscription TEXT NOT NULL, said TEXT NOT NULL) STRICT;
CREATE INDEX said_in ON said (subscription, number);
`;

/** How far a world has come. Times are virtual, in milliseconds. */
export interface Head {
  /** Another one for each world that was begun anew. */
  readonly epoch: string;
  /** The regild that began it. */
  readonly regild: string;
  readonly started: number;
  readonly time: number;
  /** What is left of all that was said until `restUntil`, as it was at `restAt`; absent where nothing was summed up. */
  readonly rest: string | undefined;
  readonly restAt: number;
  readonly restUntil: number;
}

/** The worlds of sandboxes, one for each subscription, in a SQLite file that several processes may have open. Every method throws SandboxStateError. */
export class StateFile {
  readonly #path: string;
  readonly #database: DatabaseSync;

  /** Opens the file, or makes it. What is no state of a sandbox is not written to. */
  constructor(path: string, mostPages = MOST_PAGES) {
    this.#path = path;
    this.#database = asked(path, () => new DatabaseSync(path, { timeout: PATIENCE }));
    try {
      // What is summed up gives its pages back. It is said before there is anything, since said later it writes.
      asked(path, () => this.#pragma('page_count') === 0 && this.#database.exec('PRAGMA auto_vacuum = FULL'));
      this.exclusively(() => this.#prepare());
      // A process that is killed is feared, not a machine that loses its power: nothing waits for the disk.
      this.#database.exec(`PRAGMA synchronous = OFF; PRAGMA max_page_count = ${mostPages}`);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Does work that no other process sees half of, and that leaves nothing when it throws. */
  exclusively<Result>(work: () => Result): Result {
    return asked(this.#path, () => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk ends the transaction by itself.
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  head(subscription: string): Head | undefined {
    const row = this.#database.prepare('SELECT * FROM world WHERE subscription = ?').get(subscription);
    if (row === undefined) return undefined;
    return {
      epoch: String(row.epoch),
      regild: String(row.regild),
      started: Number(row.started),
      time: Number(row.time),
      rest: row.rest === null ? undefined : String(row.rest),
      restAt: Number(row.rest_at),
      restUntil: Number(row.rest_until),
    };
  }

  /** What was said after a number, in its order. */
  saidAfter(subscription: string, number: number): readonly (readonly [number: number, said: Said])[] {
    const rows = this.#database.prepare('SELECT number, said FROM said WHERE subscription = ? AND number > ? ORDER BY number');
    return rows.all(subscription, number).map((row) => [Number(row.number), this.#parsed(row.number, row.said)]);
  }

  begin(subscription: string, { epoch, regild, started }: Pick<Head, 'epoch' | 'regild' | 'started'>): void {
    const row = 'INSERT INTO world (subscription, epoch, regild, started, time, rest_at, rest_until) VALUES (?, ?, ?, ?, ?, ?, 0)';
    this.#database.prepare(row).run(subscription, epoch, regild, started, started, started);
  }

  /** Keeps what was said, and gives its number. */
  keep(subscription: string, entry: Said): number {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO said (subscription, said) VALUES (?, ?)')
      .run(subscription, JSON.stringify(entry));
    return Number(lastInsertRowid);
  }

  setTime(subscription: string, time: number): void {
    this.#database.prepare('UPDATE world SET time = ? WHERE subscription = ?').run(time, subscription);
  }

  /** Puts what is left of a world in the place of all that was said in it until a number. */
  sumUp(subscription: string, { rest, restAt, restUntil }: Pick<Head, 'rest' | 'restAt' | 'restUntil'>): void {
    const row = 'UPDATE world SET rest = ?, rest_at = ?, rest_until = ? WHERE subscription = ?';
    this.#database.prepare(row).run(rest ?? null, restAt, restUntil, subscription);
    this.#database.prepare('DELETE FROM said WHERE subscription = ? AND number <= ?').run(subscription, restUntil);
  }

  /** Forgets every world; true when there was one. */
  forget(): boolean {
    return this.exclusively(() => {
      this.#database.exec('DELETE FROM said');
      return this.#database.prepare('DELETE FROM world').run().changes > 0;
    });
  }

  /** Every world there is, with the number of writes that are kept of it. */
  worlds(): readonly { readonly subscription: string; readonly time: number; readonly writes: number }[] {
    const rows = this.#database.prepare(
      'SELECT subscription, time, (SELECT count(*) FROM said WHERE said.subscription = world.subscription) AS writes FROM world ORDER BY subscription',
    );
    return rows.all().map((row) => ({ subscription: String(row.subscription), time: Number(row.time), writes: Number(row.writes) }));
  }

  close(): void {
    this.#database.close();
  }

  #prepare(): void {
    const tables = this.#database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count;
    if (tables === 0 && this.#pragma('application_id') === 0) {
      this.#database.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${FORMAT}; ${TABLES}`);
      chmodSync(this.#path, 0o600);
    } else this.#requireOurs();
  }

  #requireOurs(): void {
    if (this.#pragma('application_id') !== APPLICATION) throw new SandboxStateError('foreign', `${this.#path} is no state of a sandbox`);
    const format = this.#pragma('user_version');
    if (format !== FORMAT) {
      throw new SandboxStateError('unfit', `${this.#path} has the format ${format}, and this regild reads ${FORMAT}`);
    }
    const found = this.#database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
    if (found !== 'ok') throw new SandboxStateError('damaged', `${this.#path} is damaged: ${found}`);
  }

  #pragma(name: 'application_id' | 'user_version' | 'page_count'): unknown {
    return this.#database.prepare(`PRAGMA ${name}`).get()?.[name];
  }

  #parsed(number: unknown, text: unknown): Said {
    try {
      return Said.parse(JSON.parse(String(text)));
    } catch (cause) {
      throw new SandboxStateError('damaged', `${this.#path} is damaged: what was said under number ${number} cannot be read`, { cause });
    }
  }
}

function asked<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw stateErrorOf(error, path);
  }
}
