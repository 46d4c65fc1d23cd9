import { expect, test } from 'vitest';
import { lookAtFleet } from '../../src/living/look.ts';
import { claimRef, imageTemplateName, type Leftover } from '../../src/model/index.ts';
import { fakeContext } from '../fakes/context.ts';
import { aPlan, aSpec } from '../fakes/values.ts';
import { released } from './values.ts';

const [FIRST, SECOND] = ['20261120t081502-3f9a', '20261121t081502-3f9a'];

function claim(run: string, change: Parameters<typeof aPlan>[0] = {}, group?: string): Leftover {
  const { subscription, resourceGroup, name } = claimRef(aPlan(change));
  const id = `/subscriptions/${subscription}/resourceGroups/${group ?? resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
  return { kind: 'build-claim', id, name, tags: { 'regild-run': run }, deleting: false };
}

function template(run: string): Leftover {
  const name = imageTemplateName(aSpec().name, run);
  return { kind: 'image-template', id: `/templates/${name}`, name, tags: { 'regild-run': run }, deleting: false };
}

test('builds that are on their way: one for each run, by its template or its claim; those of other definitions, galleries and groups are others', async () => {
  const others = [claim(FIRST, { gallery: 'another' }), claim(FIRST, {}, 'rg-other'), { ...claim(FIRST), name: 'regild-web' }];
  const found = [claim(FIRST), template(FIRST), claim(SECOND), ...others];
  const context = fakeContext({
    gallery: { versions: async () => [] },
    leftovers: { resources: async () => found },
    versionUsers: { of: async () => [] },
  });
  const [looked] = await lookAtFleet([{ spec: aSpec(), issues: [] }], context);
  expect(looked?.actual.builds).toEqual([template(FIRST), claim(SECOND)]);
});

test('the AMIs of then and of today, each region asked once; what EC2 does not show, or no id of an AMI is, is left out', async () => {
  const ids = ['ami-0000000000000000a', 'ami-0000000000000000b', 'ami-0000000000000000c'] as const;
  const ami = (id: string) => ({ id, region: 'eu-west-1', productCodes: [], disks: [], tags: {} });
  const asked: unknown[] = [];
  const madeFrom: Readonly<Record<string, string>> = { web: ids[0], db: ids[1], same: ids[2], odd: 'ami-0 $(reboot)' };
  const context = fakeContext({
    ec2: {
      describeAmis: async (...given) => {
        asked.push(given);
        return [ami(ids[0]), ami(ids[2])];
      },
    },
    gallery: {
      versions: async ({ definition }) => [
        released(10, { tags: { 'regild-ami': madeFrom[definition] ?? '', 'regild-ami-region': 'eu-west-1' } }),
      ],
    },
    marketplace: { facts: async () => undefined },
    leftovers: { resources: async () => [] },
    versionUsers: { of: async () => [] },
  });
  const plan = aPlan({ provenance: { ...aPlan().provenance, amiId: ids[2], amiRegion: 'eu-west-1' } });
  const specs = Object.keys(madeFrom).map((name) => aSpec({ name, target: { ...aSpec().target, definition: name } }));
  const looked = await lookAtFleet(
    specs.map((spec) => ({ spec, plan, issues: [] })),
    context,
  );
  expect(looked.map(({ actual }) => actual.amis)).toEqual([{ before: ami(ids[0]), after: ami(ids[2]) }, undefined, undefined, undefined]);
  expect(asked).toEqual([[[ids[0], ids[2], ids[1]], 'eu-west-1']]);
});
