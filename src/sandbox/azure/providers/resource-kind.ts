import type { JsonObject } from '../../http.ts';
import type { ArmErrorBody } from '../errors.ts';
import type { Call } from '../router.ts';
import type { Stored } from '../store.ts';
import type { World } from '../world.ts';

/** A resource type whose life is the usual one: PUT, GET, list, PATCH of tags, DELETE, the writes long-running. */
export interface ResourceKind {
  /** For example `Microsoft.Network/publicIPAddresses`. */
  readonly type: string;
  readonly versions: readonly string[];
  /** Status of a PUT that creates; some descriptions know only 200. */
  readonly created: 200 | 201;
  /** Virtual seconds that a PUT and a DELETE take. */
  readonly seconds: number;
  /** Top-level fields that are kept from the request beside `location`, `tags` and `properties`. */
  readonly keep: readonly string[];
  /** `provisioningState` while a PUT is running. */
  readonly working: string;
  /** Checks the request and gives what a GET answers under `properties`, without the state, and any further top-level fields. Throws ArmError. */
  readonly complete: (draft: Draft, world: World) => Completed;
  /** What comes with the resource once its PUT succeeded. */
  readonly settle?: (stored: Stored, world: World) => void;
  /** What a failed PUT leaves behind. */
  readonly failed?: (stored: Stored, error: ArmErrorBody, world: World) => void;
  /** Throws ArmError while something else uses the resource. */
  readonly mayDelete?: (stored: Stored, world: World) => void;
  /** What goes with the resource. */
  readonly deleted?: (stored: Stored, world: World) => void;
  /** The resource as a GET shows it, where that is more than what is stored. */
  readonly show?: (stored: Stored, call: Call, world: World) => JsonObject;
}

/** A request to create or replace a resource. */
export interface Draft {
  readonly id: string;
  readonly call: Call;
  readonly location: string;
  readonly properties: JsonObject;
  readonly before: Stored | undefined;
}

/** What a request becomes: `top` are top-level fields beside `properties`, `hidden` is what only the sandbox knows. */
export interface Completed {
  readonly properties: JsonObject;
  readonly top?: JsonObject;
  readonly hidden?: JsonObject;
}
