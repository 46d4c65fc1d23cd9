import type { VirtualClock } from '../clock.ts';
import type { Cloud, HttpRequest, HttpResponse } from '../http.ts';
import { describeImages } from './describe-images.ts';
import { describeInstances } from './describe-instances.ts';
import { describeLaunchTemplates, describeLaunchTemplateVersions } from './describe-launch-templates.ts';
import { describeRegions } from './describe-regions.ts';
import { describeSnapshots } from './describe-snapshots.ts';
import { AwsError } from './error.ts';
import { machinesIn } from './machines.ts';
import { type QueryRequest, readBoolean, readQuery } from './query-request.ts';
import { credentialScope } from './signature.ts';
import { findSnapshot, type SnapshotSeed } from './snapshots.ts';
import type { AwsWorld } from './world.ts';
import { toXml, type XmlValue } from './xml.ts';

const API_VERSION = '2016-11-15';

/** What EC2 answers from. */
export interface Ec2World {
  readonly world: AwsWorld;
  readonly clock: VirtualClock;
  readonly nextGuid: () => string;
  /** What snapshots are like beyond what their AMI says, by their ids. */
  readonly snapshots: ReadonlyMap<string, SnapshotSeed>;
}

/** Amazon EC2: the query protocol with XML answers, as far as an AMI's translation reads it. The region is that of the credential scope. */
export function ec2Cloud(context: Ec2World): Cloud {
  const { nextGuid } = context;
  return {
    accepts: ({ method, path, headers }) =>
      method === 'POST' && path === '/' && (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'),
    handle(request) {
      try {
        return answer(request, context, nextGuid());
      } catch (error) {
        if (error instanceof AwsError) return refuse(error, nextGuid());
        throw error;
      }
    },
    error: (status, code, message) => refuse(new AwsError(code, message, status), nextGuid()),
  };
}

function answer(request: HttpRequest, context: Ec2World, requestId: string): HttpResponse {
  const { world } = context;
  const names = world.regions.map(({ name }) => name);
  const { region } = credentialScope(request.headers.authorization, names, 'ec2');
  const query = readQuery(request.text, API_VERSION);
  if (readBoolean(query, 'DryRun')) {
    throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  }
  const content = perform(query, context, region);
  const namespace = `http://ec2.amazonaws.com/doc/${API_VERSION}/`;
  return xml(
    200,
    requestId,
    `<${query.action}Response xmlns="${namespace}">${toXml({ requestId })}${toXml(content)}</${query.action}Response>`,
  );
}

function perform(query: QueryRequest, { world, clock, snapshots }: Ec2World, region: string): XmlValue {
  const now = clock.now();
  switch (query.action) {
    case 'DescribeImages':
      return describeImages(query, { account: world.account, images: world.images.get(region) ?? [], now });
    case 'DescribeInstances':
      return describeInstances(query, world.account, machinesIn(world.machines, region).instances);
    case 'DescribeLaunchTemplates':
      return describeLaunchTemplates(query, world.account, machinesIn(world.machines, region).launchTemplates);
    case 'DescribeLaunchTemplateVersions':
      return describeLaunchTemplateVersions(query, world.account, machinesIn(world.machines, region).launchTemplates);
    case 'DescribeRegions':
      return describeRegions(query, world);
    case 'DescribeSnapshots':
      return describeSnapshots(query, world.account, (id) => findSnapshot(world, region, id, snapshots));
    default:
      throw new AwsError('InvalidAction', `The action ${query.action} is not valid for this web service.`);
  }
}

function refuse({ code, message, status }: AwsError, requestId: string): HttpResponse {
  const content = toXml({ Errors: { Error: { Code: code, Message: message } }, RequestID: requestId });
  return xml(status, requestId, `<Response>${content}</Response>`);
}

function xml(status: number, requestId: string, document: string): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${document}`,
  };
}
