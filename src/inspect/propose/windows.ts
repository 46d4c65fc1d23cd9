import type { Inventory, ProposedStep } from '../../model/index.ts';
import { foundComponents } from '../component-paths.ts';
import { shellPattern } from '../glob.ts';
import { personsLeft } from './accounts.ts';
import { addedByPeople } from './evidence.ts';
import type { Part, ProposalContext } from './part.ts';
import { NO_PLAIN_NAME } from './plain-name.ts';

/** What can be carried from a Windows system: its roles and features. Programs and folders have no source on the disk, and are told. */
export function proposeWindows(inventory: Inventory, context: ProposalContext): readonly Part[] {
  const accounts: Part = { kind: 'account', steps: [], carried: 0, replaced: 0, left: personsLeft(inventory) };
  return [proposeFeatures(inventory), programsLeft(inventory, context), contentLeft(inventory), accounts];
}

/** Installing a feature that is there changes nothing, so what the base brings need not be told apart. */
function proposeFeatures({ windows }: Inventory): Part {
  // A name is data of a stranger's registry and becomes code: what is no name of a feature is left.
  const isName = (name: string) => /^[A-Za-z0-9-]+$/.test(name);
  const names = (windows?.features ?? []).filter(isName);
  const odd = (windows?.features ?? []).filter((name) => !isName(name));
  const step: ProposedStep = {
    kind: 'powershell',
    lines: [`Install-WindowsFeature -Name ${names.join(',')}`],
    confidence: 'high',
    evidence: ['they are installed; those that the base has already stay as they are'],
  };
  return {
    kind: 'feature',
    steps: names.length === 0 ? [] : [step],
    carried: names.length,
    replaced: 0,
    left: odd.map((name) => ({ kind: 'feature', name, reason: NO_PLAIN_NAME })),
  };
}

function programsLeft(inventory: Inventory, context: ProposalContext): Part {
  const found = foundComponents(context.catalog.components, inventory);
  const aws = found.flatMap(({ detect }) => detect.programs).map((name) => new RegExp(shellPattern(name), 'i'));
  const programs = addedByPeople(inventory).filter(({ package: { manager } }) => manager === 'program');
  const own = programs.filter(({ package: { name } }) => !aws.some((pattern) => pattern.test(name)));
  return {
    kind: 'program',
    steps: [],
    carried: 0,
    replaced: programs.length - own.length,
    left: own.map(({ package: { name, version } }) => ({
      kind: 'program',
      name: `${name} ${version}`.trim(),
      reason: 'its installer is not on the disk; bring it with a `file` step, and run it in a `powershell` step',
    })),
  };
}

function contentLeft({ content, leaks }: Inventory): Part {
  const own = content.filter(({ origin, path }) => origin !== 'generated' && !leaks.some((leak) => leak.path === path));
  return {
    kind: 'content',
    steps: [],
    carried: 0,
    replaced: 0,
    left: own.map(({ path, files, bytes }) => ({
      kind: 'content',
      name: path,
      reason: `${files === undefined ? '' : `${files} files, `}${bytes} bytes; bring it with \`file\` steps, or a \`powershell\` step that fetches it`,
    })),
  };
}
