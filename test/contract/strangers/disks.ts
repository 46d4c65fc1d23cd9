import { COMPUTE, type Stranger, WEST } from './stranger.ts';

export const DISKS: Stranger = {
  provider: 'disks',
  versions: ['2022-03-02', '2024-03-02', '2026-03-02'],
  steps: (subscription) => [
    ['PUT', `${COMPUTE}/disks/disk`, { ...WEST, properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 32 } }],
    ['GET', `${COMPUTE}/disks/disk`],
    ['GET', `${COMPUTE}/disks`],
    ['GET', 'providers/Microsoft.Compute/disks'],
    ['PUT', `${COMPUTE}/snapshots/snapshot`, { ...WEST, properties: { creationData: copyOf(subscription) } }],
    ['GET', `${COMPUTE}/snapshots/snapshot`],
    ['GET', `${COMPUTE}/snapshots`],
    ['DELETE', `${COMPUTE}/snapshots/snapshot`],
    ['DELETE', `${COMPUTE}/disks/disk`],
    ['GET', `${COMPUTE}/disks/disk`],
  ],
};

function copyOf(subscription: string) {
  return { createOption: 'Copy', sourceResourceId: `/subscriptions/${subscription}/${COMPUTE}/disks/disk` };
}
