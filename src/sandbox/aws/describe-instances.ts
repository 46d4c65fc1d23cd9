import { AwsError } from './error.ts';
import type { Instance } from './machines.ts';
import { pageOf } from './page.ts';
import { type FilterFields, passFilters } from './pass-filters.ts';
import { type QueryRequest, readFilters, readList } from './query-request.ts';
import type { XmlValue } from './xml.ts';

/** The state codes of the API reference, InstanceState. */
const STATES: Readonly<Record<string, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

const FIELDS: FilterFields<Instance> = {
  'image-id': ({ imageId }) => imageId,
  'instance-id': ({ id }) => id,
  'instance-state-name': ({ state }) => state,
  'instance-type': ({ type }) => type,
};

/** The content of `<DescribeInstancesResponse>`, each instance in a reservation of its own. Throws InvalidInstanceID.NotFound and InvalidParameterValue. */
export function describeInstances(request: QueryRequest, account: string, instances: readonly Instance[]): XmlValue {
  const ids = readList(request, 'InstanceId');
  const unknown = ids.filter((id) => !instances.some((instance) => instance.id === id));
  if (unknown.length > 0) throw new AwsError('InvalidInstanceID.NotFound', `The instance IDs '${unknown.join(', ')}' do not exist`);
  const named = instances.filter(({ id }) => ids.length === 0 || ids.includes(id));
  const page = pageOf(passFilters(named, readFilters(request), FIELDS), request);
  return { reservationSet: page.items.map((instance) => reservation(instance, account)), nextToken: page.nextToken };
}

function reservation({ id, imageId, type, state, launched }: Instance, account: string): XmlValue {
  return {
    reservationId: id.replace(/^i-/, 'r-'),
    ownerId: account,
    instancesSet: [
      {
        instanceId: id,
        imageId,
        instanceState: { code: STATES[state] ?? 16, name: state },
        instanceType: type,
        launchTime: launched,
      },
    ],
  };
}
