import type { Image } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { NO_WISHES } from '../../src/match/index.ts';
import type { Ami, SurveyedImage } from '../../src/model/index.ts';
import type { AccountInventory, Contents } from '../../src/ports.ts';
import { surveyAccount, surveyRecords } from '../../src/survey/index.ts';
import { NOW } from '../fakes/context.ts';
import { rounds } from '../rounds.ts';
import { amis, MIXED, record, UBUNTU } from './an-account.ts';

const CATALOG = await loadCatalog();

function surveyOf(...records: readonly Image[]): readonly SurveyedImage[] {
  return surveyRecords(amis(...records), CATALOG, NO_WISHES, NOW).images;
}

describe('the road of each AMI', () => {
  test('one of every kind, in the order given', () => {
    expect(surveyOf(...MIXED).map(({ verdict, wave, bases, confidence }) => `${wave} ${verdict} ${confidence} ${bases[0]}`)).toEqual([
      '1 catalog high Canonical:ubuntu-22_04-lts:server',
      '2 rebuild medium Canonical:ubuntu-22_04-lts:server',
      '2 rebuild medium Canonical:ubuntu-22_04-lts:server',
      '3 catalog medium MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2',
      '3 vendor high fortinet:fortinet_fortigate-vm:fortinet_fg-vm_payg_72',
      '4 different-service high undefined',
      '4 unsupported high undefined',
      '3 rebuild low undefined',
    ]);
  });

  test('an AMI of which nothing is known is not guessed at', () => {
    expect(surveyOf({})).toEqual([
      {
        imageId: undefined,
        region: 'eu-west-1',
        name: undefined,
        created: undefined,
        os: { family: undefined, distro: undefined, version: undefined },
        variant: undefined,
        architecture: undefined,
        bootMode: undefined,
        licence: undefined,
        verdict: 'rebuild',
        bases: [],
        generation: undefined,
        warnings: ['unknown-os'],
        confidence: 'low',
        wave: 3,
        waveReasons: ['nothing tells its system: look inside, then name a base'],
        nearDuplicate: undefined,
        use: undefined,
        capabilities: [{ name: 'agents', fit: 'match with differences', reason: "AWS agents are left out, Azure's take their place" }],
        advice: [
          {
            road: 'azure-migrate',
            text: 'nothing tells what is inside: Azure Migrate moves a machine as it is, a rebuild has to know its content',
          },
        ],
      },
    ]);
  });

  test('a source AMI in the same file tells what a private one is', () => {
    const [image] = surveyOf(record({ SourceImageId: UBUNTU.ImageId }), UBUNTU);
    expect(image?.os).toEqual({ family: 'linux', distro: 'ubuntu', version: '22.04' });
  });

  test('an empty account', () => {
    expect(surveyRecords([], CATALOG, NO_WISHES, NOW)).toMatchObject({ formatVersion: 1, images: [], advice: [], summary: { images: 0 } });
  });
});

/** Disks that nobody may ask for. */
const contents: Contents = { take: () => Promise.reject(new Error('not asked')) };

describe('an account', () => {
  const free: AccountInventory = { listAmis: async () => [], instances: async () => [], launchTemplates: async () => [] };
  const ec2 = { findAmi: () => Promise.reject(new Error('not asked')), describeAmis: async () => [], lineage: async () => undefined };
  const clock = { now: () => NOW, sleep: async () => {} };
  const request = { regions: ['eu-west-1', 'us-east-1', 'eu-west-1'], owners: ['self'], use: true, wishes: NO_WISHES };

  test('each region is asked once, and the order of regions and of EC2 is kept', async () => {
    const asked: string[] = [];
    const listAmis = async (_owners: readonly string[], region: string): Promise<readonly Ami[]> => {
      asked.push(region);
      return amis(record({ ImageId: `ami-${region}-2` }), record({ ImageId: `ami-${region}-1` })).map((ami) => ({ ...ami, region }));
    };
    const { images } = await surveyAccount(request, { ec2, inventory: { ...free, listAmis }, contents, clock }, CATALOG);
    expect(asked).toEqual(['eu-west-1', 'us-east-1']);
    expect(images.map(({ imageId }) => imageId)).toEqual(['ami-eu-west-1-2', 'ami-eu-west-1-1', 'ami-us-east-1-2', 'ami-us-east-1-1']);
  });

  test('nothing is asked about use when it is not wanted', async () => {
    const listAmis = async () => amis(UBUNTU);
    const refuse = () => Promise.reject(new Error('not asked'));
    const inventory = { listAmis, instances: refuse, launchTemplates: refuse };
    const { images } = await surveyAccount({ ...request, use: false }, { ec2, inventory, contents, clock }, CATALOG);
    expect(images[0]?.use).toBeUndefined();
  });
});

test('thousands of AMIs are listed, traced and looked up with a number of calls that does not grow with their chains', async () => {
  const count = rounds(1000, 10_000);
  const calls = { listAmis: 0, describeAmis: 0, instances: 0, launchTemplates: 0 };
  const golden = (index: number) =>
    record({ ImageId: `ami-${index}`, Name: `app-${index % 500}-2026-10-01`, SourceImageId: `ami-parent-${index % 100}` });
  const listed = amis(...Array.from({ length: count }, (_, index) => golden(index)));
  const inventory: AccountInventory = {
    listAmis: async () => {
      calls.listAmis += 1;
      return listed;
    },
    instances: async () => {
      calls.instances += 1;
      return listed.map(({ id }) => ({ id: `i-${id}`, imageId: id, type: 'm6i.large' }));
    },
    launchTemplates: async () => {
      calls.launchTemplates += 1;
      return [];
    },
  };
  const ec2 = {
    findAmi: () => Promise.reject(new Error('not asked')),
    lineage: async () => undefined,
    describeAmis: async (ids: readonly string[]) => {
      calls.describeAmis += 1;
      return amis(...ids.map((id) => ({ ...UBUNTU, ImageId: id })));
    },
  };
  const request = { regions: ['eu-west-1'], owners: ['self'], use: true, wishes: NO_WISHES };
  const { images } = await surveyAccount(request, { ec2, inventory, contents, clock: { now: () => NOW, sleep: async () => {} } }, CATALOG);
  expect(calls).toEqual({ listAmis: 1, describeAmis: 1, instances: 1, launchTemplates: 1 });
  expect(images.filter(({ os, use }) => os.distro === 'ubuntu' && use?.instances?.length === 1)).toHaveLength(count);
}, 60_000);
