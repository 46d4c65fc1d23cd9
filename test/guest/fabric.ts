import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { argv } from 'node:process';

/**
 * What a machine asks of Azure's fabric at its first boot, on loopback: the wire server and the host's plugin (168.63.129.16) and the
 * metadata service (169.254.169.254), told apart by the path. `node fabric.ts <log> <name> <user> <public key> <mac>` prints its port and writes a line
 * for each request: method, path, and what a health report says. Formats: cloud-init 22.4.2 sources/DataSourceAzure.py and
 * helpers/azure.py, WALinuxAgent 2.7.3.0 common/protocol/goal_state.py and hostplugin.py.
 */
const [log = '', name = '', user = '', keyData = '', mac = ''] = argv.slice(2);

const GOAL_STATE = `<?xml version="1.0" encoding="utf-8"?>
<GoalState><Version>2012-11-30</Version><Incarnation>1</Incarnation><Machine><ExpectedState>Started</ExpectedState></Machine>
<Container><ContainerId>00000000-0000-0000-0000-00000000c000</ContainerId><RoleInstanceList><RoleInstance>
<InstanceId>00000000-0000-0000-0000-000000000001.${name}</InstanceId><State>Started</State><Configuration>
<HostingEnvironmentConfig>http://168.63.129.16/machine/?comp=config&amp;type=hostingEnvironmentConfig</HostingEnvironmentConfig>
<SharedConfig>http://168.63.129.16/machine/?comp=config&amp;type=sharedConfig</SharedConfig><ConfigName>${name}</ConfigName>
</Configuration></RoleInstance></RoleInstanceList></Container></GoalState>`;

const HOSTING = `<?xml version="1.0" encoding="utf-8"?>
<HostingEnvironmentConfig version="1.0.0.0" goalStateIncarnation="1"><StoredCertificates/>
<Deployment name="${name}" guid="{00000000-0000-0000-0000-0000000000de}" incarnation="0" isNonCancellableTopologyChangeEnabled="false"><Service name="${name}" guid="{00000000-0000-0000-0000-000000000000}"/><ServiceInstance name="${name}.0" guid="{00000000-0000-0000-0000-0000000000de}"/></Deployment>
<Incarnation number="1" instance="${name}" guid="{00000000-0000-0000-0000-000000000001}"/><Role guid="{00000000-0000-0000-0000-000000000002}" name="${name}" settleTimeSeconds="0"/></HostingEnvironmentConfig>`;

const SHARED = `<?xml version="1.0" encoding="utf-8"?>
<SharedConfig version="1.0.0.0" goalStateIncarnation="1"><Deployment name="${name}" guid="{00000000-0000-0000-0000-0000000000de}" incarnation="0"/><Incarnation number="1"/><Role guid="{00000000-0000-0000-0000-000000000002}" name="${name}"/></SharedConfig>`;

const VERSIONS = `<?xml version="1.0" encoding="utf-8"?>
<Versions><Preferred><Version>2015-04-05</Version></Preferred><Supported><Version>2015-04-05</Version><Version>2012-11-30</Version></Supported></Versions>`;

const METADATA = JSON.stringify({
  compute: {
    provider: 'Microsoft.Compute',
    name,
    osProfile: { adminUsername: user, computerName: name, disablePasswordAuthentication: 'true' },
    publicKeys: [{ keyData, path: `/home/${user}/.ssh/authorized_keys` }],
  },
  network: {
    interface: [
      {
        ipv4: { ipAddress: [{ privateIpAddress: '168.63.129.100', publicIpAddress: '' }], subnet: [{ address: '168.0.0.0', prefix: '7' }] },
        ipv6: { ipAddress: [] },
        macAddress: mac.replaceAll(':', '').toUpperCase(),
      },
    ],
  },
});

function answer(path: string): string | undefined {
  if (path.startsWith('/metadata/instance/compute/provider')) return 'Microsoft.Compute';
  if (path.startsWith('/metadata/instance/compute/securityProfile/secureBootEnabled')) return String(name === 'gen2');
  if (path.startsWith('/metadata/instance')) return METADATA;
  if (path.includes('comp=versions')) return VERSIONS;
  // Of the host's plugin; without settings of its own there (404) the agent takes those of the goal state.
  if (path === '/versions') return '["2015-09-01"]';
  if (path.includes('comp=goalstate')) return GOAL_STATE;
  if (path.includes('type=hostingEnvironmentConfig')) return HOSTING;
  if (path.includes('type=sharedConfig')) return SHARED;
  return path.includes('comp=health') ? '' : undefined;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const server = createServer(async (request, response) => {
  const path = request.url ?? '/';
  const state = /<State>(?<state>\w+)<\/State>/.exec(await textOf(request))?.groups?.state ?? '';
  const body = answer(path);
  appendFileSync(log, `${request.method ?? ''} ${path} ${state}\n`);
  response.writeHead(body === undefined ? 404 : 200, { connection: 'close' }).end(body ?? '');
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? (address?.port ?? '') : ''}\n`);
});
