import { AwsError } from './error.ts';
import { type QueryRequest, readBoolean, readList } from './query-request.ts';
import type { AwsWorld } from './world.ts';
import type { XmlValue } from './xml.ts';

/** The content of `<DescribeRegionsResponse>`: enabled regions, or all with `AllRegions`. Throws InvalidParameterValue for an unknown name. */
export function describeRegions(request: QueryRequest, { regions }: AwsWorld): XmlValue {
  const names = readList(request, 'RegionName');
  const unknown = names.filter((name) => !regions.some((region) => region.name === name));
  if (unknown.length > 0) throw new AwsError('InvalidParameterValue', `Invalid region names: [${unknown.join(', ')}]`);
  const all = readBoolean(request, 'AllRegions');
  const wanted = regions.filter(({ name, optIn }) => (names.length === 0 ? all || !optIn : names.includes(name)));
  return {
    regionInfo: wanted.map(({ name, optIn }) => ({
      regionName: name,
      regionEndpoint: `ec2.${name}.amazonaws.com`,
      optInStatus: optIn ? 'not-opted-in' : 'opt-in-not-required',
    })),
  };
}
