import type { Deployment } from '../../src/model/index.ts';

const HOME = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute';

/** A VM of a Trusted Launch image with an own subscription, a plan, and two data disks. */
export function aDeployment(change: Partial<Deployment> = {}): Deployment {
  return {
    kind: 'Deployment',
    schemaVersion: 1,
    image: 'web',
    target: 'vm',
    osFamily: 'linux',
    version: { value: `${HOME}/galleries/gal/images/web/versions/2026.1121.1`, reason: 'the version' },
    location: { value: 'northeurope', reason: 'the location' },
    size: { value: 'Standard_D2s_v5', reason: 'the size' },
    zones: { value: ['1'], reason: 'the zone' },
    security: { value: 'TrustedLaunch', reason: 'the security type' },
    controller: { value: 'NVMe', reason: 'the controller' },
    licenseType: { value: 'RHEL_BYOS', reason: 'the licence' },
    purchasePlan: { value: { publisher: 'p', product: 'o', name: 's' }, reason: 'the plan' },
    osDisk: { value: 'Premium_LRS', reason: 'the OS disk' },
    osDiskCaching: { value: 'ReadWrite', reason: 'its caching' },
    ephemeralOsDisk: { value: null, reason: 'a managed disk' },
    dataDisks: [
      {
        lun: 0,
        device: '/dev/sdb',
        sizeGiB: 100,
        sku: 'PremiumV2_LRS',
        iops: 3000,
        throughput: 125,
        caching: 'None',
        reason: 'the first disk',
      },
      { lun: 1, device: '/dev/sdc', sizeGiB: 500, sku: 'StandardSSD_LRS', caching: 'None', reason: 'the second disk' },
    ],
    diskEncryptionSet: { value: `${HOME}/diskEncryptionSets/des`, reason: 'the key' },
    acceleratedNetworking: { value: true, reason: 'the network' },
    issues: [],
    ...change,
  };
}

/** The same with every text of it replaced by a hostile one. */
export function hostileDeployment(text: string, target: Deployment['target']): Deployment {
  const said = { value: text, reason: text };
  const plain = aDeployment();
  return aDeployment({
    target,
    image: text,
    version: said,
    location: said,
    size: said,
    zones: { value: [text], reason: text },
    licenseType: said,
    purchasePlan: { value: { publisher: text, product: text, name: text }, reason: text },
    osDisk: said,
    diskEncryptionSet: said,
    dataDisks: plain.dataDisks.map((disk) => ({ ...disk, device: text, sku: text, reason: text })),
    issues: [{ severity: 'warning', code: 'DEPLOY_DISK', message: text }],
  });
}
