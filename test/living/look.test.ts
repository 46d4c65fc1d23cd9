import { expect, test } from 'vitest';
import { lookAtFleet } from '../../src/living/look.ts';
import { claimRef, imageTemplateName, type Leftover } from '../../src/model/index.ts';
import { fakeContext } from '../fakes/context.ts';
import { aPlan, aSpec } from '../fakes/values.ts';

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
