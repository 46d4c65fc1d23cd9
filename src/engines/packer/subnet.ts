const SUBNET =
  /^\/subscriptions\/[^/]+\/resourceGroups\/(?<group>[^/]+)\/providers\/Microsoft\.Network\/virtualNetworks\/(?<network>[^/]+)\/subnets\/(?<subnet>[^/]+)$/i;

/** A subnet as Packer names it. */
export interface Subnet {
  readonly group: string;
  readonly network: string;
  readonly subnet: string;
}

/** The parts of a subnet's ARM resource id; undefined when it is none. */
export function parseSubnet(id: string): Subnet | undefined {
  const { group, network, subnet } = SUBNET.exec(id)?.groups ?? {};
  return group && network && subnet ? { group, network, subnet } : undefined;
}
