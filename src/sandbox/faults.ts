import type { Effects, HttpRequest } from './http.ts';

/** Which requests a fault meets. `path` is a glob over the path (`*` within a segment, `**` across), case does not matter. */
export interface FaultMatch {
  readonly method?: string;
  readonly path?: string;
  /** Text that the body must contain, for example an EC2 action. */
  readonly body?: string;
}

/** What happens to a request that met a fault. */
export type FaultEffect =
  | { readonly kind: 'respond'; readonly status: number; readonly code: string; readonly message: string; readonly retryAfter?: number }
  | { readonly kind: 'disconnect' }
  /** The cloud acts, and its answer is never sent. */
  | { readonly kind: 'lose-answer' }
  /** The cloud acts, and its answer ends in the middle. */
  | { readonly kind: 'cut-answer' }
  /** Somebody else answers, as a captive portal does. */
  | { readonly kind: 'page' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'fail-operation'; readonly code: string; readonly message: string }
  | { readonly kind: 'fail-region'; readonly region: string; readonly message?: string }
  | { readonly kind: 'stuck-operation' }
  | { readonly kind: 'fail-checks'; readonly ids: readonly string[] }
  | { readonly kind: 'drop-output' };

/** A fault on demand: it lets `skip` matching requests pass, then meets `times` of them (1 when absent). */
export interface Fault {
  readonly match: FaultMatch;
  readonly skip?: number;
  readonly times?: number;
  readonly effect: FaultEffect;
}

interface Armed {
  readonly fault: Fault;
  readonly seen: number;
}

/** The faults still to happen, met in the order in which they were added. */
export class Faults {
  #armed: readonly Armed[];

  constructor(faults: readonly Fault[] = []) {
    this.#armed = faults.map((fault) => ({ fault, seen: 0 }));
  }

  add(...faults: readonly Fault[]): void {
    this.#armed = [...this.#armed, ...faults.map((fault) => ({ fault, seen: 0 }))];
  }

  clear(): void {
    this.#armed = [];
  }

  /** The effect that meets this request, and uses up one of its times. */
  take(request: HttpRequest): FaultEffect | undefined {
    const met = this.#armed.find((armed) => left(armed) > 0 && matches(armed.fault.match, request));
    if (!met) return undefined;
    this.#armed = this.#armed.map((armed) => (armed === met ? { ...armed, seen: armed.seen + 1 } : armed));
    return met.seen < (met.fault.skip ?? 0) ? undefined : met.fault.effect;
  }
}

/** What a fault changes for the handler of the request; nothing for the faults that answer in its place. */
export function effectsOf(effect: FaultEffect | undefined): Effects {
  switch (effect?.kind) {
    case 'fail-operation':
      return { failOperation: { code: effect.code, message: effect.message } };
    case 'fail-region':
      return { failRegion: { region: effect.region, message: effect.message ?? `Replication to ${effect.region} failed.` } };
    case 'stuck-operation':
      return { stuck: true };
    case 'fail-checks':
      return { failChecks: effect.ids };
    case 'drop-output':
      return { dropOutput: true };
    default:
      return {};
  }
}

function left({ fault, seen }: Armed): number {
  return (fault.skip ?? 0) + (fault.times ?? 1) - seen;
}

function matches(match: FaultMatch, request: HttpRequest): boolean {
  return (
    (match.method === undefined || match.method.toUpperCase() === request.method) &&
    (match.path === undefined || glob(match.path).test(request.path)) &&
    (match.body === undefined || request.text.includes(match.body))
  );
}

function glob(pattern: string): RegExp {
  const source = pattern.replace(/\*\*|\*|[.+?^${}()|[\]\\]/g, (token) => (token === '**' ? '.*' : token === '*' ? '[^/]*' : `\\${token}`));
  return new RegExp(`^${source}$`, 'i');
}
