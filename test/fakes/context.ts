import { indexCatalog } from '../../src/catalog/index-catalog.ts';
import type { Catalog } from '../../src/catalog/schema.ts';
import type { ProgressEvent } from '../../src/model/index.ts';
import type { Context, Ports } from '../../src/ports.ts';
import { EMPTY_CATALOG } from './catalog.ts';

/** The time in every unit test. */
export const NOW = new Date('2026-11-21T08:15:02.000Z');

export interface FakeContext extends Context {
  /** Every progress event so far. */
  readonly events: readonly ProgressEvent[];
}

/** A context whose ports are the given ones; any other that is used fails the test by name. */
export function fakeContext(
  given: { readonly [Port in keyof Ports]?: Partial<Ports[Port]> } = {},
  catalog: Partial<Catalog> = {},
): FakeContext {
  const events: ProgressEvent[] = [];
  const ports = {
    clock: { now: () => NOW, sleep: pause },
    progress: { emit: (event: ProgressEvent) => void events.push(event) },
    ...given,
  };
  return {
    events,
    ports: new Proxy(ports, { get: (target, name) => port(String(name), Reflect.get(target, name)) }) as Ports,
    catalog: indexCatalog({ ...EMPTY_CATALOG, ...catalog }),
    run: {
      id: 'run-1',
      toolVersion: '1.2.3',
      started: NOW,
      deadline: new Date(NOW.getTime() + 86_400_000),
      signal: new AbortController().signal,
      clouds: { aws: 'AWS', azure: 'AzureCloud', simulated: false },
    },
  };
}

/** A pause between two looks is over at once, and the end of a time limit never comes. */
async function pause(milliseconds: number): Promise<void> {
  if (milliseconds >= 3_600_000) await new Promise(() => {});
}

function port(name: string, given: object = {}): object {
  return new Proxy(given, {
    get(target, method) {
      const found = Reflect.get(target, method);
      if (found === undefined) throw new Error(`${name}.${String(method)} was not expected to be called`);
      return found;
    },
  });
}
