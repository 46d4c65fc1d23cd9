import { expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import type { Ami } from '../../src/model/index.ts';
import { NOW } from '../fakes/context.ts';
import { anAmi } from './an-ami.ts';
import { catalog } from './catalog.ts';

const AMAZON_LINUX_2 = anAmi({ id: 'ami-b', ownerId: '137112412989', name: 'amzn2-ami-hvm-2.0.20240131.0-x86_64-gp2' });
const UBUNTU = anAmi({ id: 'ami-b', ownerId: '099720109477', name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20231207' });

function judge(change: Partial<Ami>, ancestry: readonly Ami[]) {
  return judgeAmi(anAmi({ id: 'ami-a', sourceImageId: 'ami-b', ...change }), ancestry, catalog, NOW);
}

test('the nearest ancestor that can be trusted tells what a golden AMI is', () => {
  const middle = anAmi({ id: 'ami-m', name: 'also-opaque', sourceImageId: 'ami-b' });
  const { distro, version, amiFamily, stock, issues } = judge({ sourceImageId: 'ami-m' }, [middle, UBUNTU]);
  expect(distro).toEqual({
    value: 'ubuntu',
    confidence: 'medium',
    evidence: [
      {
        from: 'SourceImageId',
        observed: '099720109477 ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20231207',
        suggests: 'ubuntu',
        confidence: 'medium',
        source: 'catalog/amis/ubuntu-server',
      },
    ],
  });
  expect([version.value, amiFamily.value, stock.value, issues]).toEqual(['22.04', 'ubuntu-server', false, []]);
});

test('a name that contradicts the ancestor is shown and costs confidence', () => {
  const { version, issues } = judge({ name: 'golden-ubuntu-24.04' }, [UBUNTU]);
  expect(version).toMatchObject({ value: '22.04', confidence: 'low' });
  expect(issues.map(({ code }) => code)).toEqual(['EVIDENCE_CONFLICT']);
});

test('a point release does not contradict its release', () => {
  const rhel = anAmi({ id: 'ami-b', ownerId: '309956199498', name: 'RHEL-8.6.0_HVM-20220503-x86_64-2-Hourly2-GP2' });
  expect(judge({ name: 'golden-rhel-8', usageOperation: 'RunInstances:0010' }, [rhel]).version).toMatchObject({
    value: '8.6',
    confidence: 'medium',
  });
});

test('an ancestor under a foreign owner is not trusted', () => {
  expect(judge({}, [{ ...UBUNTU, ownerId: '999999999999' }]).distro.value).toBeUndefined();
});

test('an AMI of its publisher is not what the publisher built it from', () => {
  const eks = judge({ ownerId: '602401143452', name: 'amazon-eks-node-1.29-v20250920' }, [AMAZON_LINUX_2]);
  expect(eks.amiFamily).toMatchObject({ value: 'eks-al2', confidence: 'high' });
  expect(eks.issues).toEqual([]);
});

test('an unreadable ancestor is noted', () => {
  expect(judge({ name: 'ubuntu-22.04', sourceImageRegion: 'us-west-2' }, []).issues).toEqual([
    {
      severity: 'info',
      code: 'ANCESTOR_UNREADABLE',
      message: 'AMI ami-a was made from ami-b in us-west-2, which this account cannot read',
      hint: 'it may be deleted, private to another account, or in a region that is not enabled',
    },
  ]);
});

test('a loop is noted', () => {
  const back = anAmi({ id: 'ami-b', name: 'x', sourceImageId: 'ami-a' });
  expect(judge({ name: 'ubuntu-22.04' }, [back]).issues.map(({ message }) => message)).toEqual([
    'the chain of AMIs behind AMI ami-a returns to ami-a and was not followed further',
  ]);
});
