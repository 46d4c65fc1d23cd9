import * as z from 'zod';
import { RegildError } from '../../errors.ts';
import { oneLine } from '../one-line.ts';
import type { AwsClients } from './clients.ts';
import { type AwsAttempt, asAws, awsErrorName } from './errors.ts';

/** Some public parameters hold more than the id, for example `/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended`. */
const Recommended = z.object({ image_id: z.string() });

/** The AMI id that a public SSM parameter names; undefined when there is no such parameter in the region. */
export async function resolveParameter(clients: AwsClients, parameter: string, region: string): Promise<string | undefined> {
  const value = await read(clients, parameter, region);
  if (value === undefined) return undefined;
  const id = imageId(value);
  if (id !== undefined) return id;
  throw new RegildError(
    'AMI_NOT_FOUND',
    `the SSM parameter ${JSON.stringify(parameter)} in ${region} holds ${JSON.stringify(oneLine(value))}, not an AMI id`,
    {
      hint: 'name a parameter whose value is an AMI id, for example /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    },
  );
}

async function read(clients: AwsClients, parameter: string, region: string): Promise<string | undefined> {
  const attempt = { doing: `read the SSM parameter ${JSON.stringify(parameter)}`, action: 'ssm:GetParameter', region };
  return asAws(attempt, async () => {
    const { GetParameterCommand } = await import('./sdk-ssm.ts');
    const client = await clients.ssm(region);
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: parameter }));
      return textOf(Parameter?.Value, attempt);
    } catch (error) {
      if (awsErrorName(error).startsWith('Parameter')) return undefined;
      throw error;
    }
  });
}

/** The SDK gives on what came. */
function textOf(value: unknown, { doing, region }: AwsAttempt): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new RegildError('CLOUD_UNREACHABLE', `could not ${doing} in ${region}: the answer is not AWS's, or of another form`, {
    hint: 'check the network and the proxy',
  });
}

/** `ami-…` itself, or the `image_id` of a JSON value. */
function imageId(value: string): string | undefined {
  const text = value.trim();
  if (/^ami-[0-9a-f]+$/.test(text)) return text;
  try {
    return Recommended.safeParse(JSON.parse(text)).data?.image_id;
  } catch {
    return undefined;
  }
}
