import type { JsonObject } from '../http.ts';

/** A resource as it is kept: what a GET answers, and what only the sandbox knows about it. */
export interface Stored {
  /** ARM id as it was written when the resource was created. */
  readonly id: string;
  readonly body: JsonObject;
  readonly hidden: JsonObject;
}

/** All ARM resources by id; ids do not mind case. A resource is replaced, never changed in place. */
export class ResourceStore {
  readonly #resources = new Map<string, Stored>();

  get(id: string): Stored | undefined {
    return this.#resources.get(id.toLowerCase());
  }

  /** Creates or replaces; `hidden` stays as it was when it is not given. The id keeps the case of its creation. */
  put(id: string, body: JsonObject, hidden?: JsonObject): Stored {
    const before = this.get(id);
    const stored = { id: before?.id ?? id, body, hidden: hidden ?? before?.hidden ?? {} };
    this.#resources.set(id.toLowerCase(), stored);
    return stored;
  }

  /** Every resource there is, in order of creation. */
  all(): readonly Stored[] {
    return [...this.#resources.values()];
  }

  /** Removes a resource and everything below it. */
  delete(id: string): void {
    for (const { id: below } of this.below(id)) this.#resources.delete(below.toLowerCase());
    this.#resources.delete(id.toLowerCase());
  }

  /** Every resource below an id, at any depth, in order of creation. */
  below(id: string): readonly Stored[] {
    const prefix = `${id.toLowerCase()}/`;
    return [...this.#resources].filter(([key]) => key.startsWith(prefix)).map(([, stored]) => stored);
  }

  /** The resources directly in a collection such as `…/galleries`, or of a type anywhere in a subscription with `…/providers/X/type`. */
  in(collection: string): readonly Stored[] {
    const depth = collection.split('/').length + 1;
    return this.below(collection).filter(({ id }) => id.split('/').length === depth);
  }
}
