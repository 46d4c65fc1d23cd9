import type { Ami } from '../model/index.ts';
import type { Ec2 } from '../ports.ts';
import { amiKey, type Resolved, sourceKey } from './resolve.ts';

/** EC2 whose answers were asked for together. AMIs that were made from the same one have the same line behind them. */
export function describingTogether(resolved: () => Promise<Resolved>, ec2: Ec2): Ec2 {
  const lineFrom = new Map<string, ReturnType<Ec2['lineage']>>();
  const lineage: Ec2['lineage'] = async (id, region) => {
    const parent = parentOf((await resolved()).byId.get(amiKey({ id, region })));
    if (parent === undefined) return ec2.lineage(id, region);
    const line = lineFrom.get(parent) ?? ec2.lineage(id, region);
    lineFrom.set(parent, line);
    return line;
  };
  return {
    findAmi: async (source) => (await resolved()).bySource.get(sourceKey(source)) ?? ec2.findAmi(source),
    findAmis: (sources) => ec2.findAmis(sources),
    describeAmis: async (ids, region) => (await allKnown(ids, region, resolved)) ?? ec2.describeAmis(ids, region),
    lineage,
  };
}

function parentOf(ami: Ami | undefined): string | undefined {
  return ami?.sourceImageId === undefined ? undefined : amiKey({ id: ami.sourceImageId, region: ami.sourceImageRegion ?? ami.region });
}

async function allKnown(ids: readonly string[], region: string, resolved: () => Promise<Resolved>): Promise<readonly Ami[] | undefined> {
  const { byId } = await resolved();
  const keys = ids.map((id) => amiKey({ id, region }));
  return keys.every((key) => byId.has(key)) ? keys.flatMap((key) => byId.get(key) ?? []) : undefined;
}
