import { RegildError } from '../errors.ts';
import type { Ami, Analysis, ImageSpec } from '../model/index.ts';
import { SCHEMA_VERSION } from '../model/index.ts';
import type { Context, Ec2 } from '../ports.ts';
import { judgeAmi } from './judge-ami.ts';
import { nextAncestor } from './lineage.ts';
import { missingAmi } from './missing-ami.ts';

/** Finds the AMI that the image names and says what it is. Throws AMI_NOT_FOUND; reads only. */
export async function analyze(spec: ImageSpec, { ports, catalog }: Context): Promise<Analysis> {
  const ami = await ports.ec2.findAmi(spec.source);
  if (ami === undefined) throw missingAmi(spec);
  const judgement = judgeAmi(ami, await ancestryOf(ami, ports.ec2), catalog, ports.clock.now());
  const issues = judgement.issues.map((issue) => ({ ...issue, image: spec.name }));
  return { kind: 'Analysis', schemaVersion: SCHEMA_VERSION, image: spec.name, ...judgement, issues };
}

/** The AMIs that an AMI was made from, nearest first, as far as the account may read them. */
export async function ancestryOf(ami: Ami, ec2: Ec2): Promise<readonly Ami[]> {
  const chain = [ami];
  for (let next = nextAncestor(chain); next !== undefined; next = nextAncestor(chain)) {
    const ancestor = await readAncestor(next.id, next.region, ec2);
    if (ancestor === undefined) break;
    chain.push(ancestor);
  }
  return chain.slice(1);
}

/** A source AMI may lie in a region that the account has not enabled or may not read: the analysis goes on without it. */
async function readAncestor(id: string, region: string, ec2: Ec2): Promise<Ami | undefined> {
  try {
    return (await ec2.describeAmis([id], region)).find((found) => found.id === id);
  } catch (error) {
    if (error instanceof RegildError && (error.code === 'CLOUD_DENIED' || error.code === 'REGION_UNKNOWN')) return undefined;
    throw error;
  }
}
