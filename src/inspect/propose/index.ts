import { type Inventory, type Proposal, SCHEMA_VERSION } from '../../model/index.ts';
import { proposeAccounts } from './accounts.ts';
import { proposeContent } from './content.ts';
import { proposeForeign, proposePackages } from './packages.ts';
import type { Part, ProposalContext } from './part.ts';
import { proposeServices } from './services.ts';
import { proposeWindows } from './windows.ts';

/**
 * The steps that carry over what people made of an image: repositories and files first, since packages may come from there, then packages, then what is
 * switched on. Nothing of AWS, of the base, of one machine, and no secret is in them. Pure.
 */
export function propose(inventory: Inventory, context: ProposalContext): Proposal {
  const parts = inventory.system.family === 'windows' ? proposeWindows(inventory, context) : proposeLinux(inventory, context);
  return {
    kind: 'Proposal',
    schemaVersion: SCHEMA_VERSION,
    source: inventory.source,
    target: context.target,
    steps: parts.flatMap(({ steps }) => steps),
    components: componentAnswers(inventory, context),
    left: [...parts.flatMap(({ left }) => left), ...leftBehind(inventory)],
    fidelity: parts
      .map(({ kind, carried, replaced, left }) => ({ kind, carried, replaced, left: left.length }))
      .filter(({ carried, replaced, left }) => carried + replaced + left > 0),
  };
}

function proposeLinux(inventory: Inventory, context: ProposalContext): readonly Part[] {
  const content = proposeContent(inventory, context);
  const packages = [proposePackages(inventory, context), proposeForeign(inventory)];
  const accounts = proposeAccounts(inventory, content.carried, context);
  return [content.sources, ...packages, accounts, content.files, proposeServices(inventory, context)];
}

function componentAnswers({ components }: Inventory, { catalog }: ProposalContext): Proposal['components'] {
  return components.flatMap(({ id, found }) => {
    const known = catalog.components.find((component) => component.id === id);
    return known?.policy === 'ask' ? [{ id, answer: 'remove' as const, found }] : [];
  });
}

/** What has no step of any kind. */
function leftBehind({ containers, content }: Inventory): Proposal['left'] {
  const spool = content.filter(({ path }) => path.startsWith('/var/spool/cron/'));
  return [
    ...containers.map((name) => ({ kind: 'container', name, reason: 'pull it in a step, or when the machine starts' })),
    ...spool.map(({ path }) => ({ kind: 'cron', name: path, reason: 'the table of one person; put the jobs into /etc/cron.d' })),
  ];
}
