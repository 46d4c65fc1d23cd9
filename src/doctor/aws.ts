import type { Checkup } from '../model/index.ts';
import { asked } from './asked.ts';
import type { Doctor, Places } from './places.ts';

/** An AMI that nobody has: to be told so takes credentials and the right to describe AMIs, and costs nothing. */
const NOBODYS = 'ami-00000000';

/** That AWS knows who asks and lets AMIs be read, in every region. */
export async function lookAtAws({ regions }: Places, { ports: { ec2 } }: Doctor): Promise<readonly Checkup[]> {
  if (regions.length === 0) {
    const hint = 'set AWS_REGION, or call it where the manifest is';
    return [{ id: 'aws', title: 'AWS', status: 'unknown', detail: 'no region is named to ask in', hint }];
  }
  return Promise.all(
    regions.map(async (region): Promise<Checkup> => {
      const which = { id: 'aws', title: `AWS ${region}` } as const;
      const found = await asked(which, () => ec2.describeAmis([NOBODYS], region));
      return 'failed' in found ? found.failed : { ...which, status: 'pass', detail: 'signed in, and AMIs may be described' };
    }),
  );
}
