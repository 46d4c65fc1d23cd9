import { type BuildPlan, otherTestLocations } from '../model/index.ts';
import { HINT, lackingActions } from './permissions.ts';
import type { Answer, AzureState } from './questions.ts';

/** A subnet that the user names: by which key, and where its VM is to stand. */
interface NamedSubnet {
  readonly key: string;
  readonly id: string;
  readonly location: string;
}

/** The subnets that the user names, for the build VM and for the test VMs. */
export function subnetsOf({ build, test, location }: Pick<BuildPlan, 'build' | 'test' | 'location'>): readonly NamedSubnet[] {
  const elsewhere = test.shapes.flatMap((shape) =>
    shape.location === undefined ? [] : [{ key: `test.regions of ${shape.location}`, id: shape.subnet, location: shape.location }],
  );
  const named = [
    { key: 'build.subnet', id: build.subnet, location },
    { key: 'test.subnet', id: test.subnet, location },
    ...elsewhere.filter(({ key }, index) => elsewhere.findIndex((other) => other.key === key) === index),
  ];
  return named.flatMap(({ id, ...rest }) => (id === undefined ? [] : [{ id, ...rest }]));
}

const JOIN = 'Microsoft.Network/virtualNetworks/subnets/join/action';

/** Subnets that are named exist, lie where the VM will be, may be joined, and are open to what the engine does in them. */
export function subnetsFit(plan: BuildPlan, { subnets, locations }: AzureState): readonly Answer[] {
  if (!locations) return [];
  return [...subnetsOf(plan).flatMap(judge), ...withoutOwn(plan)];

  function judge({ key, id, location }: NamedSubnet): readonly Answer[] {
    const title = 'subnet';
    const found = subnets[id];
    const failed = (detail: string, hint: string): readonly Answer[] => [{ id: 'subnet', title, status: 'fail', detail, hint }];
    if (found === 'unreadable')
      return [
        {
          id: 'subnet',
          title,
          status: 'unknown',
          detail: `cannot look at ${key} ${id}`,
          hint: 'the right Microsoft.Network/virtualNetworks/read on it would tell',
        },
      ];
    if (found === undefined)
      return failed(`${key} ${id} does not exist`, `create it, or correct \`${key}\`; without it a temporary network is made`);
    if (found.location !== location)
      return failed(
        `${key} ${id} is in ${found.location}, the VM is made in ${location}`,
        `name a subnet in ${location}${location === plan.location ? `, or set \`target.location: ${found.location}\`` : ''}`,
      );
    if (found.delegatedTo.length > 0)
      return failed(
        `${key} ${id} is delegated to ${found.delegatedTo.join(', ')}, so no VM can stand in it`,
        `name a subnet that is delegated to nobody, or end its delegation: az network vnet subnet update --ids ${id} --remove delegations`,
      );
    if (key === 'build.subnet' && plan.engine === 'image-builder' && found.privateLinkServicePolicies)
      return failed(
        `${key} ${id} has network policies for private link services on, which Image Builder cannot work under`,
        `az network vnet subnet update --ids ${id} --disable-private-link-service-network-policies true`,
      );
    if (found.toCaller !== undefined && lackingActions([JOIN], found.toCaller).length > 0 && joins(key, plan))
      return failed(`this identity lacks ${JOIN} on ${key} ${id}`, HINT);
    return [{ id: 'subnet', title, status: 'pass', detail: `${key} exists in ${found.location}` }, ...reachable(key, plan)];
  }
}

/** Whether who runs regild puts a VM into the subnet: Image Builder joins it as the build identity. */
function joins(key: string, { engine }: BuildPlan): boolean {
  return key !== 'build.subnet' || engine === 'packer';
}

/** Who names a subnet for test VMs has a reason not to have networks made: that the other locations get one is said. */
function withoutOwn(plan: BuildPlan): readonly Answer[] {
  if (plan.test.subnet === undefined) return [];
  const without = otherTestLocations(plan).filter((place) =>
    plan.test.shapes.some((shape) => shape.location === place && shape.subnet === undefined),
  );
  return without.map((place) => ({
    id: 'subnet',
    title: 'subnet',
    status: 'warn',
    detail: `test.subnet lies in ${plan.location}: in ${place} a temporary network is made for the test VM`,
    hint: `name a subnet there: \`test: { regions: [{ name: ${place}, subnet: … }] }\``,
  }));
}

const INSIDE = 'run regild inside that network, or where a peering or VPN leads into it';

/** In a subnet of the user's Packer takes no public address: what runs regild must reach the VM from where it is. */
function reachable(key: string, { engine }: BuildPlan): readonly Answer[] {
  if (key !== 'build.subnet' || engine !== 'packer') return [];
  const detail = 'in a given subnet the build VM has no public address: Packer reaches it by its private one';
  return [{ id: 'subnet', title: 'subnet', status: 'warn', detail, hint: INSIDE }];
}

/** Who wants to log in over the network needs a client here, and a way to the private address. */
export function loginReaches({ test }: BuildPlan, { ssh, locations }: AzureState): readonly Answer[] {
  if (test.login !== 'network' || !locations) return [];
  const answer = { id: 'login', title: 'login over the network' } as const;
  if (ssh === undefined)
    return [
      {
        ...answer,
        status: 'fail',
        detail: 'there is no program `ssh` on this machine, with which `test.login: network` logs in',
        hint: "install OpenSSH's client, or take `test.login` out",
      },
    ];
  return [{ ...answer, status: 'warn', detail: `${ssh} logs in to the test VM by its private address, if it gets there`, hint: INSIDE }];
}

/** Zone-redundant replicas stand in regions that have zones. */
export function zonesExist({ regions }: BuildPlan, { locations, zonal }: AzureState): readonly Answer[] {
  const wanted = regions.filter(({ storage }) => storage === 'Standard_ZRS').map(({ name }) => name);
  if (!locations || wanted.length === 0) return [];
  const title = 'zones';
  const hint = 'set another `storage` for it, or leave the region out';
  if (zonal === undefined) return [{ id: 'zones', title, status: 'unknown', detail: 'cannot see which regions have zones', hint }];
  const known = wanted.filter((name) => locations.includes(name));
  const without = known.filter((name) => !zonal.includes(name));
  if (known.length === 0) return [];
  if (without.length === 0) return [{ id: 'zones', title, status: 'pass', detail: `${known.join(', ')}: zones` }];
  return without.map((name) => ({
    id: 'zones',
    title,
    status: 'fail',
    detail: `the region ${name} has no availability zones, so it holds no replica of Standard_ZRS`,
    hint: 'set `storage: Standard_LRS` for it, or leave the region out',
  }));
}
