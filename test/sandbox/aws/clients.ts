import { Agent } from 'node:https';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Sandbox } from '../../../src/sandbox/index.ts';

const credentials = { accessKeyId: 'AKIASANDBOX', secretAccessKey: 'sandbox-only' };

function options(sandbox: Sandbox, region: string) {
  const httpsAgent = new Agent({ ca: sandbox.caPem });
  return { region, endpoint: sandbox.endpoints.ec2, credentials, maxAttempts: 1, requestHandler: new NodeHttpHandler({ httpsAgent }) };
}

/** The real EC2 client, pointed at the sandbox. */
export function ec2Client(sandbox: Sandbox, region = 'eu-west-1'): EC2Client {
  return new EC2Client(options(sandbox, region));
}

/** The real SSM client, pointed at the sandbox. */
export function ssmClient(sandbox: Sandbox, region = 'eu-west-1'): SSMClient {
  return new SSMClient(options(sandbox, region));
}
