import { randomBytes } from 'node:crypto';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { RegionImage } from './aws/image.ts';
import { awsClouds } from './aws/index.ts';
import { SEEDED_SNAPSHOTS, type SnapshotSeed } from './aws/snapshots.ts';
import type { InventorySeed } from './aws/ssm-inventory.ts';
import { seededAws } from './aws/world.ts';
import { blobCloud } from './azure/blobs.ts';
import { bootDiagnosticsCloud } from './azure/boot-diagnostics.ts';
import { createWorld, type WorldRest } from './azure/create-world.ts';
import { azureCloud } from './azure/index.ts';
import { signToken } from './azure/token.ts';
import type { Versions, World } from './azure/world.ts';
import { serverIdentity } from './certificate.ts';
import { type ClockMode, VirtualClock } from './clock.ts';
import type { Exchange } from './exchange.ts';
import { type Fault, Faults } from './faults.ts';
import type { Cloud, HttpRequest, HttpResponse } from './http.ts';
import type { Made } from './remembered/memory.ts';
import { readRest, writeRest } from './remembered/rest.ts';
import { listen } from './server.ts';
import { changedImages, changedSeed, type WorldChange } from './world/change.ts';
import { seed } from './world/seed.ts';

/** Where a sandbox remembers. */
export interface SandboxState {
  /** Absolute path of a file, which is made with the first write. */
  readonly path: string;
  /** Version of this regild. */
  readonly regild: string;
}

export interface SandboxOptions {
  /** Port on 127.0.0.1; 0 (the default) takes a free one. */
  readonly port?: number;
  /** How virtual time passes; by default ten virtual minutes with every GET that finds work pending. */
  readonly clock?: ClockMode;
  /** Virtual time at the start; the machine's when absent. */
  readonly start?: Date;
  readonly faults?: readonly Fault[];
  /** Id of the one subscription; that of `world/account.json` when absent. */
  readonly subscription?: string;
  /** Which api-versions are answered; `nearest` when absent. Those who judge requests by their descriptions want `strict`. */
  readonly versions?: Versions;
  /** What was there before: `rest` of another sandbox. */
  readonly rest?: string;
  /** What snapshots of the world's AMIs hold (a disk image) and are like, by their ids. */
  readonly snapshots?: Readonly<Record<string, SnapshotSeed>>;
  /** Where the world is remembered from one process to the next; forgotten when absent. Its time has to be real. */
  readonly state?: SandboxState;
  /** What Systems Manager collected of the world's instances, by their ids; it manages no others. */
  readonly inventories?: Readonly<Record<string, InventorySeed>>;
  /** Keeps every request and answer in `exchanges`. */
  readonly record?: boolean;
  /** Is told of every request with its answer. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** What is sent instead of an answer: how a cloud is tried that says whatever it likes. */
  readonly changed?: (request: HttpRequest, response: HttpResponse) => HttpResponse;
}

/** The running clouds, and all that a program needs to talk to them. */
export interface Sandbox {
  /** Base addresses, without a slash at the end. */
  readonly endpoints: { readonly arm: string; readonly authority: string; readonly metadata: string; readonly ec2: string };
  readonly tenant: string;
  readonly subscription: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Certificate of the authority that a caller must trust, as PEM. */
  readonly caPem: string;
  readonly clock: VirtualClock;
  /** By how many milliseconds its time was ahead of this machine's when it started; 0 for a world that nobody remembers. */
  readonly ahead: number;
  readonly faults: Faults;
  /** What was asked and answered so far; empty unless `record` was set. */
  readonly exchanges: readonly Exchange[];
  /** What there is, for a sandbox that goes on from it; undefined while something is under way, and of a world that a file remembers. */
  rest(): string | undefined;
  /** Lets something happen in the world outside of the account; it shows in the next answer. */
  change(change: WorldChange): void;
  close(): Promise<void>;
}

/** Starts the embedded clouds on loopback, seeded with the data of `world/`. Throws when the port is taken, and SandboxStateError. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const faults = new Faults(options.faults);
  const signingKey = randomBytes(32);
  const home = await homeOf(options, signingKey);
  const identity = serverIdentity(new Date());
  const exchanges: Exchange[] = [];
  const record = (exchange: Exchange) => {
    if (options.record) exchanges.push(exchange);
    options.onExchange?.(exchange);
  };
  const server = await listen(identity, options.port ?? 0, {
    clouds: home.clouds,
    faults,
    record,
    changed: options.changed ?? ((_, response) => response),
  });
  const origin = `https://127.0.0.1:${portOf(server.address())}`;
  const { tenant, clientId, clientSecret } = seed.account;
  return {
    endpoints: { arm: origin, authority: origin, metadata: origin, ec2: origin },
    ...{ tenant, subscription: options.subscription ?? seed.account.subscription, clientId, clientSecret },
    ...{ ahead: home.ahead, caPem: identity.authority, faults, exchanges, change: home.change, rest: home.rest },
    get clock() {
      return home.clock();
    },
    close: async () => {
      await stop(server);
      home.close();
    },
  };
}

/** Where the world lives: in this process, or in a file as well. */
interface Home {
  readonly clock: () => VirtualClock;
  readonly ahead: number;
  readonly clouds: () => readonly Cloud[];
  readonly change: Sandbox['change'];
  readonly rest: Sandbox['rest'];
  readonly close: () => void;
}

async function homeOf(options: SandboxOptions, signingKey: Buffer): Promise<Home> {
  const { state, start = new Date() } = options;
  if (state === undefined) {
    const before = options.rest === undefined ? undefined : readRest(options.rest);
    const { world, images, kept, others } = makeWorld(options, signingKey, start, before);
    const change = (wanted: WorldChange) => changeWorld(world, images, wanted);
    const rest = () => writeRest(world);
    return { clock: () => world.clock, clouds: () => [...others, ...kept], change, rest, ahead: 0, close: () => {} };
  }
  const { Memory } = await import('./remembered/memory.ts');
  const memory = new Memory({
    ...state,
    subscription: options.subscription ?? seed.account.subscription,
    start: start.getTime(),
    make: (from, rest) => makeWorld(options, signingKey, new Date(from), rest),
    authorization: `Bearer ${signToken({}, signingKey)}`,
  });
  const change = () => {
    throw new Error('a world that is remembered knows only what was asked of its clouds');
  };
  const ahead = Math.max(0, memory.clock.now().getTime() - start.getTime());
  return { ahead, clock: () => memory.clock, clouds: () => memory.clouds(), change, rest: () => undefined, close: () => memory.close() };
}

type Images = Map<string, readonly RegionImage[]>;

function makeWorld(
  options: SandboxOptions,
  signingKey: Buffer,
  start: Date,
  rest: WorldRest | undefined,
): Made & { readonly images: Images } {
  const clock = new VirtualClock(options.clock ?? { kind: 'on-poll', step: 600 }, start);
  const { versions = 'nearest', subscription } = options;
  const world = createWorld({ clock, signingKey, machine: Date.now, versions, subscription, rest });
  const seeded = seededAws();
  const images = new Map(seeded.images);
  const snapshots = new Map(Object.entries({ ...SEEDED_SNAPSHOTS, ...options.snapshots }));
  const inventories = new Map(Object.entries(options.inventories ?? {}));
  return {
    ...{ world, images },
    others: awsClouds({ world: { ...seeded, images }, clock, nextGuid: world.nextRequestId, snapshots, inventories }),
    kept: [bootDiagnosticsCloud(world), blobCloud(world), azureCloud(world)],
  };
}

function changeWorld(world: World, images: Images, change: WorldChange): void {
  world.changeSeed((before) => changedSeed(before, change));
  if (change.kind === 'ami-made') images.set(change.region, changedImages(images.get(change.region) ?? [], change));
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // One whose handshake is not over is not among all connections yet, and would hold the server for its keep-alive time.
    server.on('secureConnection', (socket) => socket.destroy());
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
