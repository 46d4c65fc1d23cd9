import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from '@aws-sdk/client-ec2';
import type { SurveyedImage } from '../../src/model/index.ts';

/** A record as EC2 describes it, and what an expert says of it in the words of `told`. */
export interface RealAmi {
  readonly image: Image;
  readonly expected: string;
}

/**
 * Names and owners of public AMIs as Terraform modules, Packer templates, documentation and recorded DescribeImages answers have them, and names of the
 * kind that companies give. One a line: name | owner | platform details | usage operation | product code | architecture | day | description => what an expert says.
 */
export const REAL_AMIS: readonly RealAmi[] = readFileSync(join(import.meta.dirname, 'real-amis.txt'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line, index) => {
    const [record = '', expected = ''] = line.split(' => ');
    return { image: toImage(record, index), expected };
  });

function toImage(record: string, index: number): Image {
  const [name, owner, platform, usage, code, architecture, day, description] = record.split('|');
  return {
    ImageId: `ami-${String(index).padStart(17, '0')}`,
    Name: name,
    Description: description,
    OwnerId: owner,
    PlatformDetails: platform || 'Linux/UNIX',
    UsageOperation: usage || 'RunInstances',
    Platform: platform?.startsWith('Windows') ? 'Windows' : undefined,
    Architecture: architecture as Image['Architecture'],
    CreationDate: `${day}T00:00:00.000Z`,
    State: 'available',
    RootDeviceType: 'ebs',
    RootDeviceName: '/dev/sda1',
    VirtualizationType: /-pv-|\/ebs\//.test(name ?? '') ? 'paravirtual' : 'hvm',
    BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8, VolumeType: 'gp3', Encrypted: false } }],
    ProductCodes: code ? [{ ProductCodeId: code, ProductCodeType: 'marketplace' }] : [],
  };
}

/** System, licence, verdict with its confidence, first base, warnings. */
export function told({ os, variant, licence, verdict, confidence, bases, warnings }: SurveyedImage): string {
  const system = [os.distro ?? 'unknown', os.version, variant].filter(Boolean).join(' ');
  return [system, licence ?? 'unknown', `${verdict} ${confidence}`, bases[0] ?? 'no base', warnings.join(' ') || 'no warning'].join(' | ');
}
