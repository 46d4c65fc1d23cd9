import type { Catalog } from '../catalog/schema.ts';
import { propose } from '../inspect/propose/index.ts';
import {
  type BuildPlan,
  type Candidate,
  firstFew,
  type ImageSpec,
  type Inventory,
  type Issue,
  type Proposal,
  type ProposedStep,
  type Step,
} from '../model/index.ts';

interface CarriedOver {
  readonly carryOver?: BuildPlan['carryOver'];
  /** CONTENT_NOT_CARRIED (warning) where `customize` lacks steps. */
  readonly issues: readonly Issue[];
}

/** What carries the AMI's own content over to the base, and which of it `customize` does not hold; nothing is known where the disk was not read. */
export function planCarryOver(spec: ImageSpec, base: Candidate, inventory: Inventory | undefined, catalog: Catalog): CarriedOver {
  if (inventory === undefined) return { issues: [] };
  const proposal = propose(inventory, { target: systemOf(base, catalog), catalog, folder: `content/${spec.name}` });
  const open = proposal.steps.flatMap((step) => openPart(step, spec.customize));
  return { carryOver: { proposal, open }, issues: open.length === 0 ? [] : [notCarried(spec, open)] };
}

/** The base as its os-release will name it. */
function systemOf({ distro, version }: Candidate, { releases }: Catalog): Proposal['target'] {
  const release = releases.find((each) => each.distro === distro && each.version === version);
  return { id: release?.osReleaseIds[0] ?? distro, version };
}

/** A proposed step without what a step of the manifest does; nothing where all of it is done. */
function openPart(step: ProposedStep, customize: readonly Step[]): readonly ProposedStep[] {
  switch (step.kind) {
    case 'packages': {
      const named = new Set(customize.flatMap((each) => (each.kind === 'packages' ? each.names : [])));
      const packages = step.packages.filter(({ name }) => !named.has(name));
      return packages.length === 0 ? [] : [{ ...step, packages }];
    }
    case 'file':
      return customize.some((each) => each.kind === 'file' && each.to === step.path) ? [] : [step];
    case 'shell':
    case 'powershell': {
      const written = new Set(customize.flatMap((each) => (each.kind === step.kind && 'lines' in each ? (each.lines ?? []) : [])));
      const lines = step.lines.filter((line) => !written.has(line));
      return lines.length === 0 ? [] : [{ ...step, lines }];
    }
  }
}

/** As many names as a line of a report should hold. */
const SHOWN = 6;
/** And as many letters of a step's line. */
const LETTERS = 48;

function shortened(line: string): string {
  return line.length > LETTERS ? `${line.slice(0, LETTERS)}…` : line;
}

function notCarried({ name }: ImageSpec, open: readonly ProposedStep[]): Issue {
  const items = open.flatMap((step) => {
    if (step.kind === 'packages') return step.packages.map(({ name: added }) => `package ${added}`);
    return step.kind === 'file' ? [`file ${step.path}`] : step.lines.map(shortened);
  });
  return {
    severity: 'warning',
    code: 'CONTENT_NOT_CARRIED',
    message: `no step of \`customize\` carries over what people made of the AMI: ${firstFew(items, SHOWN)}`,
    hint: `\`regild inspect ${name} --propose\` shows the steps with their evidence, \`--write ${name}\` puts them into the manifest`,
  };
}
