import { once } from 'node:events';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { serverIdentity } from '../../../src/sandbox/certificate.ts';

/** The world outside of the sandbox, as far as a program may see it: a proxy that notes who was asked for and lets nobody through. */
export interface Outside {
  /** What points a program at the proxy; addresses of this machine are never asked of it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Hosts and ports that were asked for, each once, in the order of the first time. */
  readonly asked: ReadonlySet<string>;
  /** The certificate authority that a program must trust beside the sandbox's, as PEM. */
  readonly authority: string;
  readonly close: () => void;
}

const MICROSOFT = 'login.microsoftonline.com';

/**
 * Starts the proxy. One question is answered in Microsoft's place: AzAPI before 2.7 cannot be told to leave out instance discovery, in which a client asks
 * whether an authority is one that Microsoft knows.
 */
export async function startedOutside(): Promise<Outside> {
  const asked = new Set<string>();
  const { key, certificate, authority } = serverIdentity(new Date(), MICROSOFT);
  const microsoft = createServer({ key, cert: certificate }, ({ url = '' }, answer) => answer.end(JSON.stringify(discovered(url))));
  const proxy = createProxy();
  const at = await port(microsoft);
  proxy.on('connect', ({ url = '' }, socket) => {
    asked.add(url);
    if (url !== `${MICROSOFT}:443`) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const inner = connect(at, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      inner.pipe(socket).pipe(inner);
    });
    for (const end of [inner, socket]) end.on('error', () => {});
  });
  return {
    variables: { HTTPS_PROXY: `http://127.0.0.1:${await port(proxy)}` },
    asked,
    authority,
    close: () => {
      proxy.close();
      microsoft.close();
    },
  };
}

/** What instance discovery answers for an authority that it takes: where its tenant says who it is. */
function discovered(url: string): object {
  const authority = new URL(url, `https://${MICROSOFT}`).searchParams.get('authorization_endpoint') ?? '';
  const configuration = authority.replace('/oauth2/v2.0/authorize', '/v2.0/.well-known/openid-configuration');
  const { host } = new URL(authority);
  return {
    tenant_discovery_endpoint: configuration,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

async function port(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}
