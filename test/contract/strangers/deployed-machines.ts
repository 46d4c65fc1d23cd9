import { writeDeployment } from '../../../src/deploy/write.ts';
import type { Deployment } from '../../../src/model/index.ts';
import { aDeployment } from '../../deploy/a-deployment.ts';
import { readArm } from '../../deploy/read-arm.ts';
import { COMPUTE, NETWORK, type Stranger, UBUNTU } from './stranger.ts';

/** What `regild use` prints as ARM, put as Resource Manager puts it. */
export const DEPLOYED: Stranger = {
  provider: 'machines that `use` deploys',
  versions: ['2024-07-01'],
  steps: (subscription) => [
    ['PUT', `${COMPUTE}/virtualMachines/web`, machine(subscription, { target: 'vm', dataDisks: [] })],
    ['PUT', `${COMPUTE}/virtualMachineScaleSets/web`, machine(subscription, { target: 'vmss' })],
    ['GET', `${COMPUTE}/virtualMachineScaleSets/web`],
    ['GET', `${COMPUTE}/virtualMachineScaleSets`],
    ['PUT', `${COMPUTE}/virtualMachineScaleSets/web`, machine(subscription, { target: 'vmss', osFamily: 'windows' })],
    ['DELETE', `${COMPUTE}/virtualMachineScaleSets/web`],
    ['DELETE', `${COMPUTE}/virtualMachines/web`],
  ],
};

/** A machine that the seeded clouds can make: of a Marketplace image, without a plan. */
function machine(subscription: string, change: Partial<Deployment>): unknown {
  const none = { value: null, reason: 'none' };
  const deployment = aDeployment({
    ...change,
    location: { value: 'westeurope', reason: 'where the network is' },
    controller: none,
    licenseType: none,
    purchasePlan: none,
    diskEncryptionSet: none,
  });
  const found = readArm(writeDeployment(deployment, 'arm')).at(-1)?.body;
  const subnet = `/subscriptions/${subscription}/${NETWORK}/virtualNetworks/vnet/subnets/build`;
  return JSON.parse(JSON.stringify(found).replaceAll('"/subnets/default"', JSON.stringify(subnet)), (key, value: unknown) =>
    key === 'imageReference' ? UBUNTU : value,
  );
}
