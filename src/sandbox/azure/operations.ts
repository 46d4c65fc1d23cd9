import type { VirtualClock } from '../clock.ts';
import type { Effects, JsonObject } from '../http.ts';
import { ArmError, type ArmErrorBody } from './errors.ts';

/** Work that an operation does in the background. */
export interface Work {
  readonly namespace: string;
  readonly location: string;
  /** How long it takes, in virtual seconds. */
  readonly seconds: number;
  /** Whether it has to go on for as long again, since what it waits for has not ended; work without it never has. */
  readonly goesOn?: () => boolean;
  /** The effects of the request that starts it: a fault may fail it or leave it stuck. */
  readonly effects: Effects;
  /** Does it, and gives the resource that the result link answers; an ArmError thrown here fails the operation. */
  readonly finish: () => JsonObject | undefined;
  /** Leaves the resource as a failed (or canceled) operation leaves it. */
  readonly fail: (error: ArmErrorBody) => void;
}

/** A long-running operation as its status link shows it. */
export interface Operation {
  readonly id: string;
  readonly namespace: string;
  readonly location: string;
  readonly status: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';
  readonly started: Date;
  readonly ended?: Date;
  readonly error?: ArmErrorBody;
  readonly result?: JsonObject | undefined;
}

/** The long-running operations; they end on the virtual clock. */
export class Operations {
  readonly #clock: VirtualClock;
  readonly #nextId: () => string;
  readonly #operations = new Map<string, Operation>();
  readonly #work = new Map<string, Work>();

  /** `ended` are operations of before, which still answer how they ended. */
  constructor(clock: VirtualClock, nextId: () => string, ended: readonly Operation[] = []) {
    this.#clock = clock;
    this.#nextId = nextId;
    for (const operation of ended) this.#operations.set(operation.id, operation);
  }

  /** Every operation that has ended, oldest first; undefined while one has not. */
  allEnded(): readonly Operation[] | undefined {
    return this.#work.size === 0 ? [...this.#operations.values()] : undefined;
  }

  /** Starts work and gives the operation to report on it. */
  start(work: Work): Operation {
    const { namespace, location } = work;
    const operation: Operation = { id: this.#nextId(), namespace, location, status: 'InProgress', started: this.#clock.now() };
    this.#operations.set(operation.id, operation);
    this.#work.set(operation.id, work);
    if (!work.effects.stuck) this.#schedule(operation.id, work);
    return operation;
  }

  get(id: string): Operation | undefined {
    return this.#operations.get(id);
  }

  /** Ends a running operation as canceled; one that has ended stays as it is. */
  cancel(id: string, error: ArmErrorBody): void {
    const work = this.#take(id);
    if (!work) return;
    work.fail(error);
    this.#close(id, { status: 'Canceled', error });
  }

  #schedule(id: string, work: Work): void {
    this.#clock.after(work.seconds, () => (this.#work.has(id) && work.goesOn?.() ? this.#schedule(id, work) : this.#end(id)));
  }

  #end(id: string): void {
    const work = this.#take(id);
    if (!work) return;
    try {
      if (work.effects.failOperation) throw new ArmError(500, work.effects.failOperation);
      this.#close(id, { status: 'Succeeded', result: work.finish() });
    } catch (thrown) {
      if (!(thrown instanceof ArmError)) throw thrown;
      work.fail(thrown.error);
      this.#close(id, { status: 'Failed', error: thrown.error });
    }
  }

  #take(id: string): Work | undefined {
    const work = this.#work.get(id);
    this.#work.delete(id);
    return work;
  }

  #close(id: string, end: Pick<Operation, 'status' | 'error' | 'result'>): void {
    const operation = this.#operations.get(id);
    if (operation) this.#operations.set(id, { ...operation, ...end, ended: this.#clock.now() });
  }
}
