import { templateResources } from '../../src/sandbox/azure/providers/deployments/template.ts';

const SUBSCRIPTION = '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f';
export const GROUP = { id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`, name: 'rg', location: 'northeurope' };

/** Values for every parameter that has no default. */
export const GIVEN = { name: 'web', subnetId: '/subnets/default', sshPublicKey: 'ssh-rsa AAAA', adminPassword: 'not-Kept-1' };

/** A resource as a template makes it: type with version, name, location, and the rest. */
export interface Made {
  readonly type: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What Resource Manager makes of an ARM template. */
export function readArm(text: string): readonly Made[] {
  const parsed: { readonly resources: readonly { readonly type: string; readonly apiVersion: string }[] } = JSON.parse(text);
  const given = Object.fromEntries(Object.entries(GIVEN).map(([name, value]) => [name, { value }]));
  return templateResources(parsed, given, { subscription: SUBSCRIPTION, group: GROUP }).map(({ type, name, body }) => {
    const { apiVersion } = parsed.resources.find((one) => one.type === type) ?? { apiVersion: '' };
    return { type: `${type}@${apiVersion}`, name, body };
  });
}
