/** A value of a template, before it is written in any language. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'truth'; readonly truth: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
  /** The value of a parameter. */
  | { readonly kind: 'parameter'; readonly name: string }
  /** The ARM id of another resource of the template. */
  | { readonly kind: 'id-of'; readonly resource: string }
  /** Texts and parameters, one behind the other. */
  | { readonly kind: 'joined'; readonly parts: readonly (string | { readonly parameter: string })[] };

/** One property of an object; without a value only its reason is written. */
export interface Entry {
  readonly key: string;
  readonly value: Value | undefined;
  readonly reason?: string | undefined;
}

/** What is asked of who deploys. */
export interface Parameter {
  /** In camel case. */
  readonly name: string;
  readonly type: 'text' | 'secret' | 'number';
  readonly default?: string | number | undefined;
  readonly description: string;
}

/** A resource of Azure Resource Manager. */
export interface Resource {
  /** Names it within the template, in camel case. */
  readonly symbol: string;
  /** For example Microsoft.Compute/disks. */
  readonly type: string;
  readonly apiVersion: string;
  readonly name: Value;
  readonly location: Entry & { readonly value: Value };
  /** What stands beside name and location. */
  readonly body: readonly Entry[];
  /** Symbols of those that must exist before it. */
  readonly after: readonly string[];
}

export interface Template {
  /** First line of a comment that says what this is. */
  readonly title: string;
  readonly notes: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly resources: readonly Resource[];
}

export const text = (value: string): Value => ({ kind: 'text', text: value });
export const number = (value: number): Value => ({ kind: 'number', number: value });
export const truth = (value: boolean): Value => ({ kind: 'truth', truth: value });
export const list = (...items: readonly Value[]): Value => ({ kind: 'list', items });
export const object = (...entries: readonly Entry[]): Value => ({ kind: 'object', entries });
export const parameter = (name: string): Value => ({ kind: 'parameter', name });
export const joined = (...parts: readonly (string | { readonly parameter: string })[]): Value => ({ kind: 'joined', parts });
export const entry = (key: string, value: Value | undefined, reason?: string): Entry => ({ key, value, reason });
