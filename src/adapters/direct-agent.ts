import { Agent } from 'node:https';

/**
 * How to reach an HTTPS address of this machine: directly, since a proxy that the environment names can never reach it and must not hear of it.
 * Undefined for any other address. `ca` is the PEM to trust instead of the well-known authorities.
 */
export function directAgent(address: string, ca?: string): Agent | undefined {
  return isLoopback(new URL(address).hostname) ? new Agent({ keepAlive: true, ...(ca !== undefined && { ca }) }) : undefined;
}

/** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3 and RFC 6761 §6.3; a URL's host is in lower case, and IPv6 in brackets. */
function isLoopback(host: string): boolean {
  return /^127(?:\.\d{1,3}){3}$/.test(host) || host === '[::1]' || host === 'localhost' || host.endsWith('.localhost');
}
