import { type Canned, type CannedCloud, cannedCloud } from './canned-cloud.ts';

/** What regild makes of the examples that answer one of its requests. */
export interface Replay {
  /** Names of the examples. */
  readonly examples: RegExp;
  /** Gives regild's words for an answer body. Throws when they cannot be right for it. */
  readonly read: (body: unknown) => Promise<unknown>;
}

/** A replay whose words are checked against the parts of the body that `Body` names. */
export function replay<Words, Body>(
  examples: RegExp,
  read: (body: unknown) => Promise<Words>,
  check: (words: Words, body: Body) => void,
): Replay {
  return {
    examples,
    read: async (body) => {
      const words = await read(body);
      // Examples are official: that they have the described shape is their publisher's promise.
      check(words, body as Body);
      return words;
    },
  };
}

/** A cloud whose first answers are these bodies. */
export function answering(...bodies: readonly unknown[]): CannedCloud {
  return cannedCloud(...bodies.map((body): Canned => ({ status: 200, body })));
}

/** The same resource once Azure works on it no more: some examples show it while it is made or changed. */
export function succeeded(body: unknown): unknown {
  const { properties }: { properties?: object } = body ?? {};
  return { ...(body ?? {}), properties: { ...properties, provisioningState: 'Succeeded' } };
}

/** Throws unless the two are equal. */
export function same(found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}

const WHERE = { subscription: '00000000-0000-0000-0000-000000000000', resourceGroup: 'rg' };

/** What the requests name; the examples answer whatever is asked. */
export const REF = { ...WHERE, gallery: 'gal', definition: 'web', version: '1.0.0', name: 'it' };

export interface Named {
  readonly name: string;
  readonly location: string;
}

export interface List<Item> {
  readonly value: readonly Item[];
}
