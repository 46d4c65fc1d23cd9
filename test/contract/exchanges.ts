import type { Exchange } from '../../src/sandbox/exchange.ts';
import type { ProviderVersion } from './descriptions.ts';

/** A request to Azure Resource Manager with its answer, as it is to be judged. */
export interface ArmExchange {
  readonly exchange: Exchange;
  /** How often exactly this was said. */
  readonly times: number;
  /** True for the link that tells an operation's status. */
  readonly isStatus: boolean;
}

/** Everything that went over the wire, sorted by who was spoken to. */
export interface Traffic {
  readonly arm: readonly ArmExchange[];
  /** Requests to other services than Resource Manager, by the service's name. */
  readonly others: ReadonlyMap<string, number>;
}

/**
 * Sorts the recordings, each that of one sandbox from its start. What a Location link answers is an answer to the request that started the operation,
 * and is judged as one. What was said twice in exactly the same words is judged once.
 */
export function sortTraffic(recordings: readonly (readonly Exchange[])[]): Traffic {
  const all = recordings.flat();
  const arm = recordings.flatMap(armOf);
  const unique = Map.groupBy(arm, ({ exchange, isStatus }) => JSON.stringify([isStatus, essence(exchange)]));
  const others = Map.groupBy(
    all.filter((exchange) => service(exchange) !== 'Resource Manager'),
    service,
  );
  return {
    arm: [...unique.values()].flatMap(([first, ...rest]) => (first ? [{ ...first, times: rest.length + 1 }] : [])),
    others: new Map([...others].map(([name, exchanges]) => [name, exchanges.length])),
  };
}

function armOf(recording: readonly Exchange[]): readonly ArmExchange[] {
  const started = new Map(recording.flatMap((exchange) => links(exchange, 'location').map((link) => [link, exchange] as const)));
  const statuses = new Set(recording.flatMap((exchange) => links(exchange, 'azure-asyncoperation')));
  return recording
    .filter((exchange) => service(exchange) === 'Resource Manager')
    .map((exchange) => {
      const first = started.get(exchange.liveRequest.url);
      return {
        exchange: first ? { ...exchange, liveRequest: first.liveRequest } : exchange,
        times: 1,
        isStatus: statuses.has(exchange.liveRequest.url),
      };
    });
}

/** The link of a header; that of a polling answer repeats the first one and starts nothing. */
function links({ liveRequest, liveResponse }: Exchange, header: string): readonly string[] {
  const link = liveResponse.headers[header];
  return link === undefined || link === liveRequest.url ? [] : [link];
}

/** Who answers a path. */
export function service({ liveRequest }: { readonly liveRequest: Pick<Exchange['liveRequest'], 'url'> }): string {
  const { pathname } = new URL(liveRequest.url);
  if (/^\/(subscriptions|providers|tenants)(\/|$)/i.test(pathname)) return 'Resource Manager';
  if (pathname.startsWith('/bootdiagnostics/')) return 'storage of boot diagnostics';
  if (pathname.startsWith('/blob/')) return 'data of storage accounts';
  if (pathname.startsWith('/snapshots/')) return 'EBS direct';
  if (pathname.startsWith('/metadata/endpoints')) return 'cloud discovery';
  if (/\/(oauth2|v2\.0|discovery|common)\b/.test(pathname)) return 'Entra ID';
  return pathname === '/' ? 'AWS' : `unknown service at ${pathname}`;
}

/** What was said, without the sandbox's port and the headers. */
function essence({ liveRequest, liveResponse }: Exchange): unknown {
  const { pathname, search } = new URL(liveRequest.url);
  return [liveRequest.method, pathname, search, liveRequest.body, liveResponse.statusCode, liveResponse.body];
}

const NAMESPACE = /\/providers\/([^/]+)(?=\/)/gi;

/** Provider and version that a request speaks to; what belongs to no provider is Microsoft.Resources. */
export function providerVersionOf({ liveRequest }: Exchange): ProviderVersion {
  const { pathname, searchParams } = new URL(liveRequest.url);
  const namespace = [...pathname.matchAll(NAMESPACE)].at(-1)?.[1] ?? 'Microsoft.Resources';
  return `${namespace.toLowerCase()} ${searchParams.get('api-version')}`;
}
