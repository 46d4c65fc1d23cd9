import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ask } from './ask.ts';

/** What the unmodified plugin packer-plugin-azure 2.6.3 sent to a sandbox in seven builds, by every route, and the status that each got; secrets are cut out. */
interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
}

const GALLERY = 'resourceGroups/rg-images/providers/Microsoft.Compute/galleries/gal_golden';
const VERSION = 'api-version=2024-03-03';
const NETWORK = 'resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-build';
const ALMALINUX = { name: '9-gen2', product: 'almalinux-x86_64', publisher: 'almalinux' };

/** The definitions that regild had made for those builds. */
const DEFINITIONS = {
  'deb-std': { security: 'Standard' },
  'deb-tl': { security: 'TrustedLaunch' },
  'deb-tls': { security: 'TrustedLaunchSupported' },
  'plan-base': { security: 'TrustedLaunchSupported', purchasePlan: ALMALINUX },
  'arm-staging': { security: 'Standard', architecture: 'Arm64' },
  subnet: { security: 'Standard' },
  'windows-2022': { security: 'TrustedLaunchSupported', osType: 'Windows' },
} as const;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ clock: { kind: 'real', speed: 0.001 }, start: new Date('2026-11-25T19:00:00Z') });
  await put(`${GALLERY}?${VERSION}`, { location: 'northeurope' });
  for (const [name, { security, ...more }] of Object.entries(DEFINITIONS)) {
    const properties = {
      ...{ osType: 'Linux', osState: 'Generalized', hyperVGeneration: 'V2', architecture: 'x64' },
      ...more,
      identifier: { publisher: 'contoso', offer: name, sku: 'golden' },
      features: [{ name: 'SecurityType', value: security }],
    };
    await put(`${GALLERY}/images/${name}?${VERSION}`, { location: 'northeurope', properties });
  }
  await put('resourceGroups/rg-network?api-version=2022-09-01', { location: 'northeurope' });
  await put(`${NETWORK}?api-version=2023-09-01`, {
    location: 'northeurope',
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 'snet-build', properties: { addressPrefix: '10.0.0.0/24' } }],
    },
  });
  const terms = `providers/Microsoft.MarketplaceOrdering/agreements/almalinux/offers/almalinux-x86_64/plans/9-gen2/sign?api-version=2021-01-01`;
  await ask(sandbox, 'POST', terms);
});
afterAll(() => sandbox.close());

async function put(path: string, body: unknown): Promise<void> {
  const { status = 0, body: answer } = await ask(sandbox, 'PUT', path, { body });
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  sandbox.clock.advance(3600);
}

/**
 * A look at what was being deleted in that moment may find it gone here. Deleting a vault ends at once, as its description says; the copy of the
 * sandbox that was recorded took a while for it.
 */
function expected({ method, path, status }: Recorded, deleted: ReadonlySet<string>): readonly number[] {
  if (method === 'GET' && deleted.has(resourceOf(path))) return [status, 404];
  return method === 'DELETE' && path.includes('/Microsoft.KeyVault/') ? [200, 204] : [status];
}

function resourceOf(path: string): string {
  return path.replace(/\?.*/, '').toLowerCase();
}

/** The ids of operations are the sandbox's own, and another run has others. */
function replayable({ path }: Recorded): boolean {
  return !path.includes('/operations/');
}

it("every request of Packer's plugin, Windows route included, gets the answer that its build needed", async () => {
  const text = readFileSync(join(import.meta.dirname, 'packer-azure-2.6.3.requests.jsonl'), 'utf8');
  const recorded = text
    .trim()
    .split('\n')
    .map((line): Recorded => JSON.parse(line));
  const wrong: string[] = [];
  const deleted = new Set<string>();
  for (const { method, path, status, body } of recorded.filter(replayable)) {
    // What a build waits for has passed by the time of its next request, but for the look at what is being deleted.
    if (method !== 'GET' || status === 404) sandbox.clock.advance(3600);
    const answer = await ask(sandbox, method, path, { ...(body !== undefined && { body }) });
    if (!expected({ method, path, status }, deleted).includes(answer.status ?? 0))
      wrong.push(`${method} ${path}: ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
    if (method === 'DELETE') deleted.add(resourceOf(path));
    if (method === 'PUT' || method === 'POST') sandbox.clock.advance(3600);
  }
  expect(wrong).toEqual([]);
  expect(recorded.length).toBe(238);
});
