import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../src/commands/installation.ts';
import { runWords } from '../../src/commands/run-words.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { ask } from '../sandbox/azure/ask.ts';

/**
 * Builds every manifest of docs/examples in the sandbox, one after the other in this process: starting one for each would cost more than the builds. Ends
 * with 1 where one does not end as it says of itself, and prints what it said.
 */
const EXAMPLES = join(import.meta.dirname, '../../docs/examples');
const runs = mkdtempSync(join(tmpdir(), 'regild-examples-'));

interface Case {
  /** What somebody has done in Azure before: requests, each a path below the subscription with its body. */
  readonly done?: readonly (readonly [path: string, body: object])[];
  /** Exit code, and words that explain it; 0 where nothing is said. */
  readonly ends?: readonly [code: number, because: string];
}

const subnets = ['build', 'test'].map((name, index) => ({
  name,
  properties: { addressPrefix: `10.0.${index}.0/24`, privateLinkServiceNetworkPolicies: 'Disabled' },
}));

const CASES: Readonly<Record<string, Case>> = {
  'rhel-byos.yaml': {
    done: [
      [
        'providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/redhat/offers/rhel-byos/plans/rhel-lvm9-gen2/agreements/current?api-version=2021-01-01',
        { properties: { accepted: true } },
      ],
    ],
  },
  'private-network.yaml': {
    done: [
      [
        'resourceGroups/rg-images/providers/Microsoft.Network/virtualNetworks/vnet?api-version=2023-09-01',
        { location: 'northeurope', properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets } },
      ],
    ],
  },
  'vendor-ami.yaml': { ends: [2, "deploy the vendor's own offer (fortinet:fortinet_fortigate-vm:"] },
};

/** The file of a world in which these requests were granted. */
async function worldAfter(done: NonNullable<Case['done']>, path: string): Promise<string> {
  const sandbox = await startSandbox({ clock: { kind: 'real', speed: 5000, leastWait: 1 }, state: { path, regild: version } });
  try {
    for (const [resource, body] of done) {
      const { status = 0, body: answer } = await ask(sandbox, 'PUT', resource, { body });
      if (status >= 300) throw new Error(`${resource}: ${status} ${JSON.stringify(answer)}`);
    }
    return path;
  } finally {
    await sandbox.close();
  }
}

const failed: string[] = [];
for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith('.yaml'))) {
  const { done, ends: [wanted, because] = [0, ''] } = CASES[file] ?? {};
  const state = done === undefined ? 'none' : await worldAfter(done, join(runs, `${file}.db`));
  const said: string[] = [];
  const say = (text: string) => said.push(text) > 0;
  const code = await runWords(['build', '--manifest', join(EXAMPLES, file), '--sandbox', '--runs', runs, '--no-cache'], {
    environment: { REGILD_SANDBOX_SPEED: '5000', REGILD_SANDBOX_STATE: state, PATH: process.env.PATH },
    folder: runs,
    out: say,
    tell: say,
    diagnostics: { write: say } as unknown as NodeJS.WriteStream,
    interactive: false,
    color: false,
    signal: new AbortController().signal,
    now: () => new Date(),
  });
  const isRight = code === wanted && said.join('').includes(because);
  const outcome = wanted === 0 ? 'built' : `ended with ${wanted}, as it says`;
  process.stdout.write(`${file}: ${isRight ? outcome : `exit code ${code}\n${said.join('')}`}\n`);
  if (!isRight) failed.push(file);
}
rmSync(runs, { recursive: true });
process.exitCode = failed.length === 0 ? 0 : 1;
