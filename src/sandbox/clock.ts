/**
 * How virtual time passes. `real`: `speed` virtual seconds per second of the machine. `on-poll`: time stands still, but each GET that finds work
 * pending moves it forward by `step` virtual seconds, so that hours pass in as many requests as the caller makes. `leastWait` is the shortest wait that a
 * caller is asked for, in its own seconds (0 when absent): programs over azure-core take a Retry-After of 0 for none, and wait 30 seconds.
 */
export type ClockMode =
  | { readonly kind: 'real'; readonly speed: number; readonly leastWait?: number }
  | { readonly kind: 'on-poll'; readonly step: number };

interface Event {
  readonly due: number;
  readonly run: () => void;
}

/** The sandbox's time. Work is scheduled on it and done in order of its due time when a request (or `advance`) finds it due; it sets no timers. */
export class VirtualClock {
  readonly #mode: ClockMode;
  readonly #machine: () => number;
  readonly #started: number;
  #base: number;
  #events: readonly Event[] = [];
  /** The moment that `at` set: time stands still there until its work is done. */
  #fixed: number | undefined;
  /** The time at which work is done: what it sees as now, however late it is found due and however long the machine takes for it. */
  #during: number | undefined;

  /** `start` is the virtual time to begin with; `machine` gives milliseconds of the machine's clock. */
  constructor(mode: ClockMode, start: Date, machine: () => number = Date.now) {
    this.#mode = mode;
    this.#machine = machine;
    this.#started = machine();
    this.#base = start.getTime();
  }

  now(): Date {
    return new Date(this.#milliseconds());
  }

  /** What a caller takes for now: time that is made to run faster does so for the clouds alone. */
  callerNow(): Date {
    return new Date(this.#mode.kind === 'on-poll' ? this.#base : this.#base + (this.#machine() - this.#started));
  }

  /** Runs `work` once `seconds` of virtual time have passed. */
  after(seconds: number, work: () => void): void {
    const event = { due: this.#milliseconds() + seconds * 1000, run: work };
    this.#events = [...this.#events, event].sort((one, other) => one.due - other.due);
  }

  /** Moves time forward by hand, in virtual seconds, doing what falls due on the way. */
  advance(seconds: number): void {
    this.#base += seconds * 1000;
    this.settle();
  }

  /** Lets time be that moment (milliseconds) while `work` is done; what is due until then is done when the work asks for it. */
  at<Result>(moment: number, work: () => Result): Result {
    this.#fixed = moment;
    try {
      return work();
    } finally {
      this.#fixed = undefined;
    }
  }

  /** Moves time forward to a moment (milliseconds), without doing what falls due on the way; one that is past changes nothing. */
  moveTo(moment: number): void {
    this.#base += Math.max(0, moment - this.#passed());
  }

  /** Whether nothing is left to be done at a later time. */
  get isIdle(): boolean {
    return this.#events.length === 0;
  }

  /** A caller looks whether something has finished: in `on-poll` mode that is what makes time pass. */
  poll(): void {
    if (this.#mode.kind === 'on-poll' && this.#events.length > 0) this.#base += this.#mode.step * 1000;
    this.settle();
  }

  /** Does the work that is due. */
  settle(): void {
    for (let next = this.#takeDue(); next; next = this.#takeDue()) this.#seeing(next.due, next.run);
  }

  /** What a wait of so many virtual seconds is in whole seconds of the caller, for a Retry-After header. */
  callerSeconds(seconds: number): number {
    if (this.#mode.kind === 'on-poll') return 0;
    return Math.max(this.#mode.leastWait ?? 0, Math.round(seconds / this.#mode.speed));
  }

  /** Does what a request asks for at one moment: time stands still, so that a slow machine does not age what is being made. */
  still<Result>(work: () => Result): Result {
    return this.#seeing(this.#milliseconds(), work);
  }

  #milliseconds(): number {
    return this.#during ?? this.#passed();
  }

  #passed(): number {
    if (this.#fixed !== undefined) return this.#fixed;
    return this.#mode.kind === 'on-poll' ? this.#base : this.#base + (this.#machine() - this.#started) * this.#mode.speed;
  }

  #seeing<Result>(moment: number, work: () => Result): Result {
    const before = this.#during;
    this.#during = moment;
    try {
      return work();
    } finally {
      this.#during = before;
    }
  }

  #takeDue(): Event | undefined {
    const [first, ...rest] = this.#events;
    if (!first || first.due > this.#passed()) return undefined;
    this.#events = rest;
    return first;
  }
}
