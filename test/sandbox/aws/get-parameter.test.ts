import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ssmClient } from './clients.ts';

const UBUNTU = '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';
const AMAZON_LINUX = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

async function value(name: string, region?: string) {
  const { Parameter } = await ssmClient(sandbox, region).send(new GetParameterCommand({ Name: name }));
  return Parameter?.Value;
}

it('resolves public AMI parameters per region', async () => {
  expect([await value(UBUNTU), await value(AMAZON_LINUX)]).toEqual(['ami-0a29fcd957159f835', 'ami-0357aa90440873af7']);
  expect(await value(UBUNTU, 'us-east-1')).not.toBe(await value(UBUNTU, 'eu-west-1'));
});

it('answers an unknown parameter and a fault as the service words them', async () => {
  await expect(value('/aws/service/none')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  const effect = { kind: 'respond', status: 400, code: 'ThrottlingException', message: 'Rate exceeded' } as const;
  sandbox.faults.add({ match: { body: UBUNTU }, effect });
  await expect(value(UBUNTU)).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
});
