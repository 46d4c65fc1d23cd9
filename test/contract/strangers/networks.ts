import { NETWORK, type Step, type Stranger, WEST } from './stranger.ts';

export const NETWORKS: Stranger = {
  provider: 'networks',
  versions: ['2023-09-01'],
  steps: (subscription) => [
    ...networkSteps(subscription),
    ['GET', `${NETWORK}/virtualNetworks/vnet`],
    ['GET', `${NETWORK}/virtualNetworks`],
    ['GET', `${NETWORK}/virtualNetworks/vnet/subnets/build`],
    ['GET', `${NETWORK}/virtualNetworks/vnet/subnets`],
    ['PUT', `${NETWORK}/publicIPAddresses/ip`, { ...WEST, sku: { name: 'Standard' }, properties: { publicIPAllocationMethod: 'Static' } }],
    ['GET', `${NETWORK}/publicIPAddresses/ip`],
    ['PUT', `${NETWORK}/networkSecurityGroups/nsg`, { ...WEST, properties: { securityRules: [] } }],
    ['GET', `${NETWORK}/networkSecurityGroups/nsg`],
    ['GET', `${NETWORK}/networkInterfaces/nic`],
    ['GET', `${NETWORK}/networkInterfaces`],
    ['DELETE', `${NETWORK}/networkInterfaces/nic`],
    ['DELETE', `${NETWORK}/virtualNetworks/vnet`],
    ['DELETE', `${NETWORK}/publicIPAddresses/ip`],
    ['DELETE', `${NETWORK}/networkSecurityGroups/nsg`],
    ['GET', `${NETWORK}/virtualNetworks/vnet`],
  ],
};

/** A network, a subnet and an interface in it. */
export function networkSteps(subscription: string): readonly Step[] {
  const subnet = `/subscriptions/${subscription}/${NETWORK}/virtualNetworks/vnet/subnets/build`;
  const addresses = [{ name: 'ipconfig', properties: { subnet: { id: subnet } } }];
  return [
    ['PUT', `${NETWORK}/virtualNetworks/vnet`, { ...WEST, properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } }],
    ['PUT', `${NETWORK}/virtualNetworks/vnet/subnets/build`, { properties: { addressPrefix: '10.0.0.0/24' } }],
    ['PUT', `${NETWORK}/networkInterfaces/nic`, { ...WEST, properties: { ipConfigurations: addresses } }],
  ];
}
