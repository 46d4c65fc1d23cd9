import type { Definition, VersionRef } from '../../../src/model/index.ts';
import type { ScenarioRun } from '../../scenarios/walk.ts';
import type { Flow } from '../record.ts';
import { expectRefusal, expectSame } from './expect.ts';

/** Questions and wishes outside of a walk. */
export const ASKS: readonly Flow[] = [
  { name: 'fields of a definition that cannot change', scenario: 'golden', walk: changeDefinition },
  { name: 'nothing is there', scenario: 'golden', walk: askForNothing },
  { name: 'Marketplace terms', scenario: 'golden', walk: askForTerms },
  { name: 'a gallery is set and shared', scenario: 'golden', walk: shareGallery },
];

const DEFINITION: Definition = {
  name: 'web',
  osType: 'Linux',
  osState: 'Generalized',
  generation: 'V2',
  architecture: 'x64',
  identifier: { publisher: 'contoso', offer: 'web', sku: 'golden' },
  features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }],
  description: '${env("PATH")}"; rm -rf / #',
};

function refIn({ sandbox }: ScenarioRun): VersionRef {
  return { subscription: sandbox.subscription, resourceGroup: 'rg-images', gallery: 'gal', definition: 'web', version: '1.0.0' };
}

async function changeDefinition(run: ScenarioRun): Promise<void> {
  const { gallery } = run.context.ports;
  const ref = refIn(run);
  await gallery.ensureGallery(ref, 'westeurope', { team: 'web' });
  await gallery.createDefinition(ref, DEFINITION, 'westeurope', {});
  for (const change of [{ generation: 'V1', features: [] }, { osType: 'Windows' }, { architecture: 'arm64' }] as const)
    await expectRefusal(gallery.createDefinition(ref, { ...DEFINITION, ...change }, 'westeurope', {}));
  await expectRefusal(gallery.createDefinition({ ...ref, definition: 'other' }, DEFINITION, 'westeurope', {}));
  await expectRefusal(gallery.ensureGallery({ ...ref, gallery: 'not-a-name' }, 'westeurope', {}));
}

async function askForNothing(run: ScenarioRun): Promise<void> {
  const { gallery, marketplace, subscription, imageBuilder } = run.context.ports;
  const ref = refIn(run);
  const image = { publisher: 'Nobody', offer: 'none', sku: 'no', version: '1.0.0' };
  expectSame('definition', await gallery.definition(ref), undefined);
  expectSame('version', await gallery.version(ref), undefined);
  expectSame('versions', await gallery.versions(ref), []);
  expectSame('group', await subscription.resourceGroup(ref.subscription, 'rg-none'), undefined);
  expectSame('locations', await subscription.locations('11111111-1111-4111-8111-111111111111'), undefined);
  expectSame('Marketplace versions', await marketplace.versions(ref.subscription, 'westeurope', image), []);
  expectSame('Marketplace image', await marketplace.facts(ref.subscription, 'westeurope', image), undefined);
  await expectRefusal(marketplace.versions(ref.subscription, 'marsnorth', image));
  await imageBuilder.remove({ ...ref, name: 'it-none' });
  await gallery.removeVersion(ref);
  await expectRefusal(gallery.ensureGallery({ ...ref, resourceGroup: 'rg-none' }, 'westeurope', {}));
}

async function askForTerms({ sandbox, context }: ScenarioRun): Promise<void> {
  const { marketplace } = context.ports;
  const plan = { publisher: 'almalinux', product: 'almalinux-x86_64', name: '10-gen2' };
  expectSame('terms', await marketplace.termsAccepted(sandbox.subscription, plan), false);
  expectSame('terms of an unknown plan', await marketplace.termsAccepted(sandbox.subscription, { ...plan, name: 'none' }), undefined);
}

/** With subscriptions and tenants, with everybody, by roles; and whether what is deleted can be restored. */
async function shareGallery(run: ScenarioRun): Promise<void> {
  run.sandbox.change({ kind: 'rights-given', actions: ['*'] });
  const { gallery } = run.context.ports;
  const ref = refIn(run);
  const nobody = { readers: [], subscriptions: [], tenants: [] };
  const community = { prefix: 'contoso', uri: 'https://contoso.com', contact: 'images@contoso.com', eula: 'https://contoso.com/eula' };
  await gallery.ensureGallery(ref, 'westeurope', {}, { softDelete: true, sharing: { ...nobody, tenants: [run.sandbox.tenant] } });
  await gallery.setSettings(ref, { softDelete: false });
  const groups = { subscriptions: [run.sandbox.subscription], tenants: [run.sandbox.tenant] };
  await gallery.share(ref, { kind: 'add', ...groups });
  const shared = { kind: 'Groups', ...groups, public: false };
  expectSame('the shared gallery', await gallery.settings(ref), { location: 'westeurope', softDelete: false, sharing: shared });
  await gallery.share(ref, { kind: 'remove', ...groups, tenants: [] });
  await gallery.share(ref, { kind: 'reset' });
  await expectRefusal(gallery.share(ref, { kind: 'publish' }));
  await gallery.share(ref, { kind: 'grant', principal: run.sandbox.clientId });
  expectSame('readers', await gallery.readers(ref), [{ principal: run.sandbox.clientId, ours: true }]);
  await gallery.share(ref, { kind: 'withdraw', principal: run.sandbox.clientId });
  const open = { ...ref, gallery: 'gal_public' };
  await gallery.ensureGallery(open, 'westeurope', {}, { sharing: { ...nobody, community } });
  await gallery.share(open, { kind: 'publish' });
  expectSame('the public gallery', (await gallery.settings(open))?.sharing.public, true);
}
