import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../commands/command-line.ts';
import type { Source } from './source.ts';

/** A request of packer-plugin-azure 2.6.3 as it was recorded, with another build's names and values. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

const FILE = join(ROOT, 'test/sandbox/azure/packer-azure-2.6.3.requests.jsonl');

/** The build of a TrustedLaunchSupported version, with a managed image between the VM and it. */
const GROUP = 'regild-deb-tls-20261125t192108-db3e-mwwiefj6';
/** What the plugin drew for the names of that build's resources. */
const DRAWN = 'iw022elslp';
const MANAGED = 'deb-tls-2026.1125.0';
const VERSION = 'images/deb-tls/versions/2026.1125.0';

/** The recorded requests that a build of this source sends: its group, its deployment, what ends its VM, and its version. */
export function recordedRequests(source: Source, publicKey: string): readonly Recorded[] {
  const lines = readFileSync(FILE, 'utf8').trim().split('\n');
  const own = lines.filter((line) => line.includes(GROUP) || line.includes(`${VERSION}?`)).map((line): Recorded => JSON.parse(line));
  return own.filter(({ method }) => method === 'PUT' || method === 'POST').map((request) => asOf(request, source, publicKey));
}

function asOf({ method, path, body }: Recorded, source: Source, publicKey: string): Recorded {
  const drawn = createHash('sha256').update(source.group).digest('hex').slice(0, DRAWN.length);
  const version = `images/${source.definition}/versions/${source.version}`;
  const named = (text: string) =>
    text.replaceAll(GROUP, source.group).replaceAll(VERSION, version).replaceAll(DRAWN, drawn).replaceAll(MANAGED, source.managedImage);
  const values = (value: unknown, key = ''): unknown => {
    if (key === 'tags') return source.tags;
    if (key === 'imageReference') return source.base;
    if (key === 'diskSizeGB') return source.diskGB;
    if (key === 'keyData') return publicKey;
    if (key === 'vmSize' && isObject(value) && 'value' in value) return { value: source.vmSize };
    if (key === 'adminPassword' && isObject(value) && 'value' in value) return { value: 'not-Kept-1-anywhere' };
    if (Array.isArray(value)) return value.map((one) => values(one));
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, values(inner, name)]));
    return typeof value === 'string' ? named(value) : value;
  };
  return { method, path: named(path), ...(body !== undefined && { body: values(body) }) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
