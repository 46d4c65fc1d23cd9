import type { Ami } from '../../src/model/index.ts';

/** A full DescribeImages record of a private x86 Linux AMI, changed where a test needs it. */
export function anAmi(change: Partial<Ami> = {}): Ami {
  return {
    id: 'ami-0abc1234def567890',
    region: 'eu-west-1',
    name: 'golden',
    ownerId: '123456789012',
    architecture: 'x86_64',
    virtualization: 'hvm',
    rootDevice: '/dev/xvda',
    rootDeviceType: 'ebs',
    state: 'available',
    platformDetails: 'Linux/UNIX',
    usageOperation: 'RunInstances',
    productCodes: [],
    disks: [{ device: '/dev/xvda', kind: 'ebs', root: true, sizeGiB: 8, type: 'gp3', encrypted: false }],
    tags: {},
    ...change,
  };
}

/** What `--query` leaves: the given fields and nothing that EC2 always states. */
export function aPartialAmi(fields: Partial<Ami>): Ami {
  return { id: 'ami-0abc1234def567890', region: 'eu-west-1', productCodes: [], disks: [], tags: {}, ...fields };
}
