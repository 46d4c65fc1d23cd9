import { expect, test } from 'vitest';
import { runFleet } from '../../src/fleet.ts';
import type { ImageSpec } from '../../src/model/index.ts';
import type { Context, Ports } from '../../src/ports.ts';
import { aSpec } from '../fakes/values.ts';
import { aWorld } from '../fakes/world.ts';

const OPTIONS = { until: 'publish', resume: true, force: false, concurrency: 1 } as const;
const PARTS = ['report.json', 'provenance.json', 'inventory.json', 'sbom.cdx.json'];
const CONTAINER = 'https://corpimages.blob.core.windows.net/records';

/** A published image, what lies in the container afterwards and in the run folder. */
async function published(records: ImageSpec['records'], ports: { readonly [Port in keyof Ports]?: Partial<Ports[Port]> } = {}) {
  const world = aWorld(['web']);
  const context = world.context({});
  const folder: string[] = [];
  const blobs = new Map<string, string>();
  const own = {
    artifacts: {
      load: async (image: string, kind: string) =>
        kind === 'ImageSpec' ? JSON.parse(JSON.stringify(aSpec({ records }))) : context.ports.artifacts.load(image, kind),
      save: context.ports.artifacts.save,
      saveFiles: async (image: string, name: string, files: readonly { readonly path: string }[]) => {
        folder.push(...files.map(({ path }) => `${image}/${name}/${path}`));
        return name;
      },
    },
    blobs: {
      create: async ({ container, path }: { readonly container: string; readonly path: string }, content: string) => {
        const key = `${container}/${path}`;
        if (blobs.has(key)) return 'existed' as const;
        blobs.set(key, content);
        return 'created' as const;
      },
    },
    ...ports,
  };
  const all = new Proxy(context.ports, { get: (target, name) => Reflect.get(own, name) ?? Reflect.get(target, name) });
  const again = () => runFleet([aSpec({ records })], { ...context, ports: all } satisfies Context, OPTIONS);
  const [report] = await again();
  return { report, folder, blobs, again };
}

test('without a word of the manifest the run folder keeps report, provenance and what the test VM told', async () => {
  const { report, folder, blobs } = await published(undefined);
  expect([report?.outcome, folder, blobs.size]).toEqual(['published', PARTS.map((part) => `web/record/${part}`), 0]);
});

test('a container keeps them by gallery, definition and version, and a second time changes nothing', async () => {
  const { report, blobs, again } = await published({ container: CONTAINER });
  const before = new Map(blobs);
  expect([report?.outcome, [...blobs.keys()]]).toEqual(['published', PARTS.map((part) => `${CONTAINER}/gal/web/2026.1121.0/${part}`)]);
  const kept = JSON.parse([...blobs.values()][0] ?? '');
  expect([kept.kind, kept.runId, kept.tool, kept.images.length, kept.images[0].published.version]).toEqual([
    'Report',
    'run-1',
    { name: 'regild', version: '1.2.3' },
    1,
    '2026.1121.0',
  ]);
  const inventory = JSON.parse(blobs.get(`${CONTAINER}/gal/web/2026.1121.0/inventory.json`) ?? '');
  expect([inventory.kind, inventory.source.name]).toEqual(['Inventory', 'test VM of web']);
  // A report holds an outline of it.
  expect(kept.images[0].validation.inventory.kind).toBe('InventoryOutline');
  await again();
  expect(blobs).toEqual(before);
});

test('a signed provenance lies beside the plain one', async () => {
  const signed: string[] = [];
  const sign = async (_by: unknown, bytes: Uint8Array) => {
    signed.push(Buffer.from(bytes).toString());
    return { keyid: 'key-1', sig: Buffer.from('signature') };
  };
  const { blobs } = await published({ container: CONTAINER, sign: { kind: 'key', path: 'key.pem' } }, { signer: { sign } });
  const text = (name: string) => blobs.get(`${CONTAINER}/gal/web/2026.1121.0/${name}`) ?? '';
  const envelope = JSON.parse(text('provenance.dsse.json'));
  expect(Buffer.from(envelope.payload, 'base64').toString()).toBe(text('provenance.json'));
  expect(signed).toEqual([
    `DSSEv1 28 application/vnd.in-toto+json ${Buffer.byteLength(text('provenance.json'))} ${text('provenance.json')}`,
  ]);
});

test('a record that cannot be kept is a failure of the image, which is published all the same', async () => {
  const create = async () => {
    throw new Error('full');
  };
  const { report } = await published({ container: CONTAINER }, { blobs: { create } });
  expect([report?.outcome, report?.published?.promoted, report?.issues.map(({ code }) => code)]).toEqual([
    'failed',
    true,
    ['RECORD_MISSING', 'INTERNAL'],
  ]);
});
