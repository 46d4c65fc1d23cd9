import type { Catalog } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import {
  type InventoryAnswer,
  inventoryPartScript,
  inventoryScript,
  LARGEST,
  PART,
  parseInventoryAnswer,
  unpackInventory,
} from '../guest/inventory-run.ts';
import { compareInventories } from '../inspect/compare/index.ts';
import { machineInventory } from '../inspect/machine-inventory.ts';
import {
  type BuildPlan,
  type Difference,
  firstFew,
  type Inventory,
  type Issue,
  knowsPackages,
  type Parity,
  unexplainedLosses,
} from '../model/index.ts';
import type { Assets, RunningVm } from '../ports.ts';

/** What an image is compared with, and how its own inventory is taken. */
export interface ParityQuestion {
  readonly plan: BuildPlan;
  /** What the AMI holds; undefined where its disk was not read, so that the image is only looked at. */
  readonly before: Inventory | undefined;
  /** `scripts/linux/inventory-lines.sh` or `scripts/windows/inventory-lines.ps1`. */
  readonly lines: string;
  readonly catalog: Catalog;
  readonly simulated: boolean;
}

const SCRIPTS = { linux: 'scripts/linux/inventory-lines.sh', windows: 'scripts/windows/inventory-lines.ps1' } as const;

/** The question that a plan has. */
export async function parityQuestion(
  plan: BuildPlan,
  before: Inventory | undefined,
  { assets }: { readonly assets: Assets },
  given: Pick<ParityQuestion, 'catalog' | 'simulated'>,
): Promise<ParityQuestion> {
  const alike = before?.system.family === plan.os.family ? before : undefined;
  return { plan, before: alike, lines: await assets.own(SCRIPTS[plan.os.family]), ...given };
}

/** What the image holds and what arrived of the AMI, or why that is not known. Issues: PARITY_LOSS and PARITY_UNKNOWN, as grave as the manifest says; INVENTORY_UNKNOWN. */
export interface Compared {
  readonly inventory?: Inventory;
  readonly parity?: Parity;
  readonly issues: readonly Issue[];
}

/** Takes the inventory of a test VM and compares it with the AMI's, where that is known. A machine that does not tell is no failure of the run. */
export async function compareVm(question: ParityQuestion, vm: RunningVm): Promise<Compared> {
  const { plan, before, catalog, simulated } = question;
  try {
    const printed = await inventoryOf(question, vm);
    const inventory = machineInventory(printed, { kind: 'machine', name: `test VM of ${plan.image}`, simulated }, catalog);
    if (before === undefined) return { inventory, issues: [] };
    const parity = compareInventories(before, inventory, { between: 'move', catalog, allow: plan.parity.allow });
    return { inventory, parity, issues: [...losses(plan, parity), ...withoutPackages(plan, [before, inventory])] };
  } catch (error) {
    if (!(error instanceof RegildError) || error.code === 'CANCELLED') throw error;
    return { issues: [before === undefined ? untold(plan, error.message) : unknown(plan, error.message)] };
  }
}

async function inventoryOf({ plan, lines }: ParityQuestion, vm: RunningVm): Promise<Buffer> {
  const { distro, version } = plan.os;
  const os = plan.os.family;
  const { stdout, stderr } = await vm.run(
    inventoryScript(lines, { os, distro, version, architecture: plan.base.architecture, installs: plan.provisioners.flatMap(installed) }),
  );
  const answer = parseInventoryAnswer(stdout);
  if (answer === undefined)
    throw new RegildError(
      'FILE_INVALID',
      `the test VM gave no inventory: ${(stderr || stdout).trim().slice(-200) || 'it printed nothing'}`,
    );
  if (answer.size > LARGEST)
    throw new RegildError('FILE_INVALID', `the inventory of the test VM has ${answer.size} bytes packed, more than ${LARGEST}`);
  const bytes = unpackInventory(answer.part + (await restOf(os, answer, vm)), answer);
  if (bytes === undefined) throw new RegildError('FILE_INVALID', 'the inventory of the test VM arrived damaged');
  return bytes;
}

/** Names of packages or features, as the step of a proposal writes them. */
function installed(provisioner: BuildPlan['provisioners'][number]): readonly string[] {
  if (provisioner.kind === 'packages') return provisioner.names;
  if (provisioner.kind !== 'powershell') return [];
  return provisioner.lines.flatMap((line) => /^Install-WindowsFeature -Name ([\w,-]+)$/.exec(line)?.[1]?.split(',') ?? []);
}

async function restOf(os: 'linux' | 'windows', { size, part }: InventoryAnswer, vm: RunningVm): Promise<string> {
  let rest = '';
  for (let from = part.length; from < size && part.length === PART; from += PART) {
    rest += (await vm.run(inventoryPartScript(os, from, from + PART >= size))).stdout.trim();
  }
  return rest;
}

const SEVERITY = { report: 'info', warn: 'warning', block: 'error' } as const satisfies Record<
  BuildPlan['parity']['policy'],
  Issue['severity']
>;
/** As many losses as one line should name. */
const SHOWN = 5;

function losses({ image, parity: { policy } }: BuildPlan, parity: Parity): readonly Issue[] {
  const found = unexplainedLosses(parity);
  if (found.length === 0) return [];
  return [
    {
      severity: SEVERITY[policy],
      code: 'PARITY_LOSS',
      message: `the AMI has what the image has not, and nobody can say why: ${firstFew(found.map(named), SHOWN)}`,
      hint: '`customize` can bring it along, `parityAllow` says why it may be missing; `parity` says what that means',
      image,
    },
  ];
}

function named({ kind, name, change }: Difference): string {
  return `${kind} ${name}${change === 'changed' ? ' (changed)' : ''}`;
}

/** Packages that one side does not know were not compared: no loss of them can show. */
function withoutPackages(plan: BuildPlan, sides: readonly Inventory[]): readonly Issue[] {
  const blind = sides.find((side) => !knowsPackages(side));
  return blind === undefined ? [] : [unknown(plan, `the packages of ${blind.source.name} are not known, and were not compared`)];
}

/** Nobody asked for a comparison: the version's record has no inventory. */
function untold({ image }: BuildPlan, reason: string): Issue {
  return {
    severity: 'info',
    code: 'INVENTORY_UNKNOWN',
    message: `what the image holds is not kept with its version: ${reason}`,
    hint: 'run inventory-lines.sh in a machine made from it, and keep what it printed: `regild inspect inventory.tsv --record <image>@<version>`',
    image,
  };
}

/** What is not known can be no proof: under `block` it stops the publication too. */
function unknown({ image, parity: { policy } }: BuildPlan, reason: string): Issue {
  return {
    severity: policy === 'block' ? 'error' : 'warning',
    code: 'PARITY_UNKNOWN',
    message: `what arrived of the AMI is not known: ${reason}`,
    hint: 'run inventory-lines.sh, or .ps1 on Windows, in a machine made from the image, and compare with `regild inspect <image> --against inventory.tsv`',
    image,
  };
}
