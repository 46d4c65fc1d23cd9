import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WorldRest } from '../azure/create-world.ts';
import type { World } from '../azure/world.ts';
import type { VirtualClock } from '../clock.ts';
import type { Cloud, Effects, HttpRequest, HttpResponse, KeptCloud } from '../http.ts';
import { readRest, writeRest } from './rest.ts';
import { isKept, type Said, said, saidAgain } from './said.ts';
import { SandboxStateError } from './state-error.ts';
import { type Head, StateFile } from './state-file.ts';

/** A world with the clouds that answer for it. */
export interface Made {
  readonly world: World;
  /** Those whose answers rest on what was written before. */
  readonly kept: readonly KeptCloud[];
  readonly others: readonly Cloud[];
}

export interface MemoryOptions {
  /** The file that remembers; it is made with the first write. */
  readonly path: string;
  readonly subscription: string;
  /** Version of this regild. */
  readonly regild: string;
  /** Virtual time (milliseconds) at which a world starts that nobody remembers, and before which none goes on. */
  readonly start: number;
  /** Makes the world anew, from what is left of one or from nothing. */
  readonly make: (start: number, rest: WorldRest | undefined) => Made;
  /** What a request of who may ask carries. */
  readonly authorization: string;
}

/** Writes of which a world is made again without being summed up. */
const MOST_WRITES = 200;

/**
 * A world that outlives its process, and that several processes share: the file keeps every write with its virtual time, and the world is what comes of
 * them, said again in their order. Each request sees what others wrote before it. Where nothing is under way, what is left takes the place of the writes.
 */
export class Memory {
  readonly #options: MemoryOptions;
  #file: StateFile | undefined;
  #made: Made;
  #epoch: string | undefined;
  /** Number of the last write that the world has seen. */
  #seen = 0;

  /** Throws SandboxStateError for a file that cannot be read, or of which no world comes. */
  constructor(options: MemoryOptions) {
    this.#options = options;
    this.#made = options.make(options.start, undefined);
    try {
      this.#open(false)?.exclusively(() => {
        this.#catchUp();
        this.#sumUp();
      });
    } catch (error) {
      this.close();
      throw error;
    }
    this.clock.moveTo(options.start);
  }

  get clock(): VirtualClock {
    return this.#made.world.clock;
  }

  /** The clouds as they are asked, in their order. */
  clouds(): readonly Cloud[] {
    const { kept, others } = this.#made;
    return [...others, ...kept.map((cloud, index) => ({ ...cloud, handle: this.#handler(index) }))];
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  #handler(index: number): KeptCloud['handle'] {
    return (request, effects) => {
      const file = this.#open(isKept(request));
      // The world may be made anew before it answers.
      const answer = () => this.#made.kept[index]?.handle(request, effects) ?? { status: 404 };
      return file === undefined ? answer() : file.exclusively(() => this.#answer(file, request, effects, answer));
    };
  }

  #answer(file: StateFile, request: HttpRequest, effects: Effects, answer: () => HttpResponse): HttpResponse {
    const { subscription } = this.#options;
    try {
      this.#catchUp();
      const at = Math.floor(this.clock.now().getTime());
      const response = this.clock.at(at, answer);
      if (isKept(request)) this.#seen = file.keep(subscription, said(request, effects, at, response.status));
      file.setTime(subscription, at);
      return response;
    } catch (error) {
      // What was done and is not kept is not remembered here either.
      this.#epoch = undefined;
      throw error;
    }
  }

  #open(wanted: boolean): StateFile | undefined {
    const { path } = this.#options;
    if (this.#file !== undefined || (!wanted && !existsSync(path))) return this.#file;
    try {
      mkdirSync(dirname(path), { recursive: true });
    } catch (cause) {
      throw new SandboxStateError('unwritable', `${dirname(path)} cannot be made: ${cause}`, { cause });
    }
    this.#file = new StateFile(path);
    return this.#file;
  }

  /** Says to this world what the file knows and it does not. */
  #catchUp(): void {
    const { subscription } = this.#options;
    const head = this.#file?.head(subscription) ?? this.#begin();
    if (head === undefined) return;
    if (head.epoch !== this.#epoch || head.restUntil > this.#seen) this.#makeAnew(head);
    for (const [number, entry] of this.#file?.saidAfter(subscription, this.#seen) ?? []) {
      this.#say(entry, number, head);
      this.#seen = number;
    }
    this.clock.moveTo(head.time);
  }

  #begin(): Head | undefined {
    const started = Math.floor(this.clock.now().getTime());
    this.#file?.begin(this.#options.subscription, { epoch: randomUUID(), regild: this.#options.regild, started });
    return this.#file?.head(this.#options.subscription);
  }

  #makeAnew({ epoch, rest, restAt, restUntil }: Head): void {
    this.#made = this.#options.make(restAt, rest === undefined ? undefined : this.#parsed(rest));
    this.#epoch = epoch;
    this.#seen = restUntil;
  }

  #parsed(rest: string): WorldRest {
    try {
      return readRest(rest);
    } catch (cause) {
      throw new SandboxStateError('damaged', `${this.#options.path} is damaged: what is left of its world cannot be read`, { cause });
    }
  }

  #say(entry: Said, number: number, { regild }: Head): void {
    const request = saidAgain(entry, this.#options.authorization);
    const cloud = this.#made.kept.find((candidate) => candidate.accepts(request));
    const status = this.clock.at(entry.at, () => cloud?.handle(request, entry.effects).status);
    if (status === entry.status) return;
    const what = `${entry.method} ${entry.path} (number ${number}) was answered ${entry.status} by regild ${regild}, and is answered ${status} by ${this.#options.regild}`;
    throw new SandboxStateError('unfit', `${this.#options.path} does not fit this regild: ${what}`);
  }

  #sumUp(): void {
    const { subscription } = this.#options;
    const head = this.#file?.head(subscription);
    if (head === undefined || this.#seen - head.restUntil < MOST_WRITES) return;
    this.clock.settle();
    const rest = writeRest(this.#made.world);
    if (rest !== undefined)
      this.#file?.sumUp(subscription, { rest, restAt: Math.floor(this.clock.now().getTime()), restUntil: this.#seen });
  }
}
