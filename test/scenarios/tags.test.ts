import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inSandbox, scenarioSpec, walk } from './walk.ts';

const FOLDER = join(import.meta.dirname, 'debian-12');

/** Requests that create something which Azure lets carry tags: the path from the resource type on. */
const TAGGED =
  /\/(?:resourcegroups\/[^/]+|galleries\/[^/]+|galleries\/[^/]+\/images\/[^/]+(?:\/versions\/[^/]+)?|imageTemplates\/[^/]+|virtualNetworks\/[^/]+|virtualMachines\/[^/]+)$/i;

test.each(['image-builder', 'packer'] as const)('everything that %s makes carries the tags of the user', async (engine) => {
  await inSandbox(FOLDER, { record: true }, async (run) => {
    const report = await walk(scenarioSpec(FOLDER, { engine, tags: { costCentre: '4711' } }), run);
    expect(report.outcome).toBe('published');
    const made = run.sandbox.exchanges.flatMap(({ liveRequest: { method, url, body } }) => {
      const { pathname } = new URL(url);
      if (method !== 'PUT' || !TAGGED.test(pathname)) return [];
      const { tags, properties } = body as { readonly tags?: object; readonly properties?: { readonly managedResourceTags?: object } };
      return [{ type: pathname.split('/').at(-2)?.toLowerCase(), tags, staging: properties?.managedResourceTags }];
    });
    expect(new Set(made.map(({ type }) => type))).toEqual(
      new Set([
        'galleries',
        'images',
        'versions',
        'resourcegroups',
        'virtualnetworks',
        'virtualmachines',
        ...(engine === 'image-builder' ? ['imagetemplates'] : []),
      ]),
    );
    for (const { type, tags, staging } of made) {
      expect([type, tags]).toEqual([type, expect.objectContaining({ costCentre: '4711' })]);
      if (type === 'imagetemplates') expect(staging).toMatchObject({ costCentre: '4711' });
    }
  });
});
