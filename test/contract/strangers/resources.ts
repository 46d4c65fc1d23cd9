import { VM_TEMPLATE } from '../../sandbox/azure/deployment-fixture.ts';
import { type Stranger, WEST } from './stranger.ts';

export const RESOURCES: Stranger = {
  provider: 'resource groups and deployments',
  versions: ['2022-09-01'],
  steps: () => [
    ['PUT', 'resourceGroups/rg-packer', WEST],
    ['PUT', 'resourceGroups/rg-packer', WEST],
    ['GET', 'resourceGroups/rg-packer'],
    ['HEAD', 'resourceGroups/rg-packer'],
    ['GET', "resourceGroups?$filter=tagName eq 'team'"],
    ['PATCH', 'resourceGroups/rg-packer', { tags: { team: 'db' } }],
    ['POST', `${DEPLOYMENT}/validate`, { properties: deployment('') }],
    ['PUT', DEPLOYMENT, { properties: deployment('') }],
    ['GET', DEPLOYMENT],
    ['GET', `${DEPLOYMENT.replace('/providers/Microsoft.Resources', '')}/operations`],
    ['GET', 'resourceGroups/rg-packer/resources'],
    ['GET', 'resources'],
    ['GET', 'tagNames'],
    ['DELETE', DEPLOYMENT],
    ['GET', 'providers'],
    ['GET', 'providers/Microsoft.VirtualMachineImages'],
    ['GET', 'providers/Microsoft.Nothing'],
    ['DELETE', 'resourceGroups/rg-packer'],
    ['GET', 'resourceGroups/rg-packer'],
  ],
};

const DEPLOYMENT = 'resourceGroups/rg-packer/providers/Microsoft.Resources/deployments/packer';

function deployment(commandToExecute: string) {
  const values = { vmName: 'vm', adminPassword: 'not-Kept-1', commandToExecute };
  const parameters = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
  return { mode: 'Incremental', template: VM_TEMPLATE, parameters };
}
