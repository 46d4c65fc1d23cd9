import { relative } from 'node:path';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import type { FaultEffect } from '../../src/sandbox/faults.ts';
import type { HttpRequest } from '../../src/sandbox/http.ts';
import type { FileFate, FileWitness } from './mortal-files.ts';

/** The process that asks dies, before the cloud acts or after. */
export interface Kill {
  readonly kind: 'kill';
  readonly after: boolean;
}

/** What happens to a request of a run: undefined = nothing. `number` counts from 1. */
export type Disturbance = (request: HttpRequest, number: number) => FaultEffect | Kill | undefined;

/** What happens to a process. */
export interface Fate {
  readonly disturb?: Disturbance;
  /** What becomes of its so manieth change of a file. */
  readonly file?: { readonly at: number; readonly fate: FileFate };
}

/** Where something may happen to a run: at a request, or at a change of a file. */
export interface Place {
  readonly kind: 'request' | 'file';
  /** Counts each kind from 1. */
  readonly number: number;
  /** What is asked for, or changed. */
  readonly what: string;
  /** How many changes of the cloud there were before: requests that write, and answers that are not what the same question got before. */
  readonly cloud: number;
  /** How many changes of the run folder there were before. */
  readonly folder: number;
  /** Whether it is itself one that changes cloud or folder. */
  readonly changes: boolean;
}

/** Ends a process in the moment: nothing that it asks for from then on happens. */
export class Death extends Error {
  override name = 'Death';
}

/** A rendered file: a folder of the engine's within one of an image, and what lies in it. */
const RENDERED = /^(runs\/[^/]+\/[^/]+\/[^/]+)\/.*$/;

type Draft = { -readonly [Key in keyof Place]: Place[Key] };

/** Sees everything that a process asks and changes, and lets happen to it what its fate is. */
export class Witness implements FileWitness {
  readonly #fate: Fate;
  readonly #root: string;
  readonly #pass: () => void;
  readonly #places: Draft[] = [];
  readonly #pending: { readonly question: string; readonly place: Draft }[] = [];
  readonly #answers = new Map<string, string>();
  readonly #count = { request: 0, file: 0 };
  #cloud = 0;
  #folder = 0;
  #dead = false;
  #attempts = 0;

  /** `root` is the folder that it writes into; `pass` is called with every request. */
  constructor(fate: Fate, root: string, pass: () => void) {
    this.#fate = fate;
    this.#root = root;
    this.#pass = pass;
  }

  get places(): readonly Place[] {
    return this.#places;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** How often a dead process still tried to do something. */
  get attempts(): number {
    return this.#attempts;
  }

  die(): never {
    this.#dead = true;
    this.#attempts += 1;
    throw new Death('killed');
  }

  requireLife(): void {
    if (this.#dead) this.die();
  }

  /** What meets a request. */
  take(request: HttpRequest): FaultEffect | undefined {
    if (this.#dead) {
      this.#attempts += 1;
      return { kind: 'disconnect' };
    }
    const question = `${request.method} ${request.path}?${request.query}`;
    const place = this.#placed('request', `${question} ${request.text}`);
    this.#pending.push({ question, place });
    this.#pass();
    const effect = this.#fate.disturb?.(request, place.number);
    if (effect?.kind !== 'kill') return effect;
    this.#dead = true;
    return { kind: effect.after ? 'lose-answer' : 'disconnect' };
  }

  /** Is told what a request was answered. */
  answered({ liveRequest, liveResponse }: Exchange): void {
    const { pathname, search } = new URL(liveRequest.url);
    const question = `${liveRequest.method} ${pathname}?${search.slice(1)}`;
    const index = this.#pending.findIndex((one) => one.question === question);
    const [asked] = index === -1 ? [] : this.#pending.splice(index, 1);
    if (asked === undefined) return;
    const answer = `${liveResponse.statusCode} ${JSON.stringify(liveResponse.body)}`;
    asked.place.changes = this.#isNews(question, answer);
    if (asked.place.changes) this.#cloud += 1;
  }

  fateOf(what: string, same: boolean): FileFate | undefined {
    this.requireLife();
    const [change = '', path = ''] = what.split(' ');
    const name = relative(this.#root, path)
      .replace(/\.[0-9a-f]{8}\.part$/, '.part')
      .replace(RENDERED, '$1/…');
    const place = this.#placed('file', `${change} ${name}`);
    // A run reads nothing back of what it tells, nor of what Packer told; and what is rendered, every attempt writes anew.
    place.changes = !same && !/…$|\.(?:jsonl|log)$/.test(name);
    if (place.changes) this.#folder += 1;
    const { file } = this.#fate;
    return file?.at === place.number ? file.fate : undefined;
  }

  /** AWS is only read; who signs in, or asks whether something would be allowed, does it with POST. */
  #isNews(question: string, answer: string): boolean {
    if (!question.includes(' /subscriptions/') || question.includes('/checkPolicyRestrictions')) return false;
    const before = this.#answers.get(question);
    this.#answers.set(question, answer);
    return !question.startsWith('GET ') || (before !== undefined && before !== answer);
  }

  #placed(kind: Place['kind'], what: string): Draft {
    this.#count[kind] += 1;
    const place = {
      kind,
      number: this.#count[kind],
      what,
      cloud: this.#cloud,
      folder: this.#folder,

      changes: false,
    };
    this.#places.push(place);
    return place;
  }
}
