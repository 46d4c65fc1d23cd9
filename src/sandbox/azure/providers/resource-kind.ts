import type { JsonObject } from '../../http.ts';
import type { ArmErrorBody } from '../errors.ts';
import type { Call } from '../router.ts';
import type { Stored } from '../store.ts';
import type { World } from '../world.ts';

/** A resource type whose life is the usual one: PUT, GET, list, PATCH, DELETE, the writes long-running. */
export interface ResourceKind {
  /** For example `Microsoft.Network/publicIPAddresses`, or `Microsoft.Compute/galleries/images` of a resource that lies in another one. */
  readonly type: string;
  readonly versions: readonly string[];
  /** Status of a PUT that creates; some descriptions know only 200. */
  readonly created: 200 | 201;
  /** Virtual seconds that a write and a DELETE take, unless `complete` says another time for a write. */
  readonly seconds: number;
  /** Top-level fields that are kept from the request beside `location`, `tags` and `properties`. */
  readonly keep: readonly string[];
  /** `provisioningState` while a PUT is running. */
  readonly working: string;
  /** Whether a PUT may say what has to be there: nothing (`If-None-Match: *`), or what was read (`If-Match`, its etag); each write gives another etag. */
  readonly conditional?: true;
  /** Checks what can be seen of a PUT before its parent and its location are looked at. Throws ArmError. */
  readonly admit?: (write: Write) => void;
  /** Checks the request and gives what a GET answers under `properties`, without the state, and any further top-level fields. Throws ArmError. */
  readonly complete: (draft: Draft, world: World) => Completed;
  /** The same for a PATCH, whose draft has `before`; absent where a PATCH changes tags alone, at once. */
  readonly change?: (draft: Draft & { readonly before: Stored }, world: World) => Completed;
  /** What comes with the resource once its PUT succeeded; an ArmError thrown here fails the operation. */
  readonly settle?: (stored: Stored, world: World) => void;
  /** The same once its PATCH succeeded. */
  readonly changed?: (stored: Stored, world: World) => void;
  /** What a failed PUT leaves behind. */
  readonly failed?: (stored: Stored, error: ArmErrorBody, world: World) => void;
  /** Throws ArmError while something else uses the resource. */
  readonly mayDelete?: (stored: Stored, world: World) => void;
  /** What goes with the resource. */
  readonly deleted?: (stored: Stored, world: World) => void;
  /** The resource as a GET shows it, where that is more than what is stored. */
  readonly show?: (stored: Stored, call: Call, world: World) => JsonObject;
}

/** What a request to write a resource says of it; the sandbox's own services write too. */
export type Write = Pick<Call, 'id' | 'apiVersion' | 'body' | 'effects'>;

/** A request to create, replace or change a resource. */
export interface Draft {
  readonly id: string;
  readonly call: Write;
  readonly location: string;
  readonly properties: JsonObject;
  readonly before: Stored | undefined;
}

/** What a request becomes: `top` are top-level fields beside `properties`, `hidden` is what only the sandbox knows, `seconds` of virtual time. */
export interface Completed {
  readonly properties: JsonObject;
  readonly top?: JsonObject;
  readonly hidden?: JsonObject;
  readonly seconds?: number;
}
