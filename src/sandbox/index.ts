import { randomBytes } from 'node:crypto';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { awsClouds } from './aws/index.ts';
import { SEEDED_SNAPSHOTS, type SnapshotSeed } from './aws/snapshots.ts';
import { seededAws } from './aws/world.ts';
import { blobCloud } from './azure/blobs.ts';
import { bootDiagnosticsCloud } from './azure/boot-diagnostics.ts';
import { createWorld } from './azure/create-world.ts';
import { azureCloud } from './azure/index.ts';
import type { Versions } from './azure/world.ts';
import { serverIdentity } from './certificate.ts';
import { type ClockMode, VirtualClock } from './clock.ts';
import type { Exchange } from './exchange.ts';
import { type Fault, Faults } from './faults.ts';
import { listen } from './server.ts';
import { changedImages, changedSeed, type WorldChange } from './world/change.ts';

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
  /** What snapshots of the world's AMIs hold (a disk image) and are like, by their ids. */
  readonly snapshots?: Readonly<Record<string, SnapshotSeed>>;
  /** Keeps every request and answer in `exchanges`. */
  readonly record?: boolean;
  /** Is told of every request with its answer. */
  readonly onExchange?: (exchange: Exchange) => void;
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
  readonly faults: Faults;
  /** What was asked and answered so far; empty unless `record` was set. */
  readonly exchanges: readonly Exchange[];
  /** Lets something happen in the world outside of the account; it shows in the next answer. */
  change(change: WorldChange): void;
  close(): Promise<void>;
}

/** Starts the embedded clouds on loopback, seeded with the data of `world/`. Throws when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new VirtualClock(options.clock ?? { kind: 'on-poll', step: 600 }, options.start ?? new Date());
  const faults = new Faults(options.faults);
  const world = createWorld({
    clock,
    signingKey: randomBytes(32),
    machine: Date.now,
    versions: options.versions ?? 'nearest',
    subscription: options.subscription,
  });
  const seeded = seededAws();
  const images = new Map(seeded.images);
  const identity = serverIdentity(new Date());
  const exchanges: Exchange[] = [];
  const record = (exchange: Exchange) => {
    if (options.record) exchanges.push(exchange);
    options.onExchange?.(exchange);
  };
  const server = await listen(identity, options.port ?? 0, {
    clouds: [
      ...awsClouds({
        ...world,
        world: { ...seeded, images },
        snapshots: new Map(Object.entries({ ...SEEDED_SNAPSHOTS, ...options.snapshots })),
      }),
      bootDiagnosticsCloud(world),
      blobCloud(world),
      azureCloud(world),
    ],
    faults,
    record,
  });
  const origin = `https://127.0.0.1:${portOf(server.address())}`;
  const { tenant, subscription, clientId, clientSecret } = world;
  return {
    endpoints: { arm: origin, authority: origin, metadata: origin, ec2: origin },
    ...{ tenant, subscription, clientId, clientSecret, caPem: identity.authority, clock, faults, exchanges },
    change: (change) => {
      world.changeSeed((seed) => changedSeed(seed, change));
      if (change.kind === 'ami-made') images.set(change.region, changedImages(images.get(change.region) ?? [], change));
    },
    close: () => stop(server),
  };
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
