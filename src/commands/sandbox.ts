import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ExitCode } from '../errors.ts';
import { startSandbox } from '../sandbox/index.ts';
import type { Io, Verb } from './command.ts';

interface SandboxFlags {
  readonly port: string;
  readonly speed: string;
}

/** Runs the embedded clouds in the foreground, for regild in another shell, and for other programs. */
export const sandboxVerb: Verb = (program, run) =>
  program
    .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', '8443')
    .option('--speed <factor>', 'virtual seconds per real second', '60')
    .action((flags: SandboxFlags) => run((io) => serve(flags, io)));

async function serve({ port, speed }: SandboxFlags, io: Io): Promise<ExitCode> {
  const sandbox = await startSandbox({ port: Number(port), clock: { kind: 'real', speed: Number(speed) } });
  const caFile = resolve(io.folder, '.regild', 'sandbox-ca.pem');
  await mkdir(resolve(caFile, '..'), { recursive: true });
  await writeFile(caFile, sandbox.caPem);
  io.out(instructions(sandbox, caFile));
  if (!io.signal.aborted) await once(io.signal, 'abort');
  await sandbox.close();
  return ExitCode.ok;
}

/** Shell lines to paste; none of the values is a secret outside of the sandbox. */
function instructions(
  { endpoints, tenant, subscription, clientId, clientSecret }: Awaited<ReturnType<typeof startSandbox>>,
  caFile: string,
): string {
  const variables = {
    AWS_ENDPOINT_URL_EC2: endpoints.ec2,
    AWS_ENDPOINT_URL_SSM: endpoints.ec2,
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    ARM_METADATA_URL: endpoints.metadata,
    AZURE_AUTHORITY_HOST: endpoints.authority,
    AZURE_TENANT_ID: tenant,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_SUBSCRIPTION_ID: subscription,
    NODE_EXTRA_CA_CERTS: caFile,
    SSL_CERT_FILE: caFile,
    AWS_CA_BUNDLE: caFile,
    REQUESTS_CA_BUNDLE: caFile,
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
  return `# The sandbox clouds listen on ${endpoints.arm} until Ctrl-C. Paste this into another shell:\n${lines.join('\n')}\n`;
}
