import type { Option, Command as Program } from 'commander';
import { RegildError } from '../errors.ts';
import type { Io } from './command.ts';

/** Options that npm has under the same name for itself, and always sets. */
const OF_NPM: readonly string[] = ['--cache', '--no-cache'];

/**
 * Reads the options of a verb as the user meant them. npm takes flags that stand before `--` for itself and leaves them in the environment only: a build that
 * was asked for dry would be real, a page would be text. `--dry-run` is honoured (doing less is safe), any other is refused with the right way to write it.
 * Throws USAGE.
 */
export function heedSwallowedFlags(program: Program, { environment, diagnostics }: Pick<Io, 'environment' | 'diagnostics'>): void {
  const swallowed = swallowedBy(program, environment);
  refuse(
    swallowed.filter((option) => !isDry(option) || isContradicted(option, program)),
    environment,
  );
  if (swallowed.length === 0 || program.getOptionValue('dryRun') !== undefined) return;
  diagnostics.write('note  npm kept --dry-run for itself; it is honoured: nothing will be written\n');
  program.setOptionValue('dryRun', true);
}

/** The same before the verb reads its words, of which one may be the value of a swallowed flag. Throws USAGE. */
export function refuseSwallowedFlags(program: Program, { environment }: Pick<Io, 'environment'>): void {
  refuse(
    swallowedBy(program, environment).filter((option) => !isDry(option)),
    environment,
  );
}

function refuse(options: readonly Option[], { npm_lifecycle_event: script }: Io['environment']): void {
  const named = options.map(({ long }) => long);
  if (named.length === 0) return;
  throw new RegildError('USAGE', `npm kept ${named.join(' and ')} for itself: the flag stands before \`--\``, {
    hint: `write: npm run ${script} -- … ${named.join(' … ')}`,
  });
}

function swallowedBy(program: Program, environment: Io['environment']): readonly Option[] {
  return environment.npm_lifecycle_event === undefined ? [] : optionsOf(program).filter((option) => isSwallowed(option, environment));
}

/** Those of the verb, and of the verb that it is a part of. */
function optionsOf(program: Program): readonly Option[] {
  return [...program.options, ...(program.parent?.options ?? [])];
}

/** npm sets `true` or the value; an npmrc that says false, or nothing, means that nobody asked. */
function isSwallowed({ long }: Option, environment: Io['environment']): boolean {
  if (!long || OF_NPM.includes(long)) return false;
  const value = environment[`npm_config_${long.slice(2).replaceAll('-', '_')}`];
  return value !== undefined && value !== '' && value !== 'false';
}

function isDry(option: Option): boolean {
  return option.attributeName() === 'dryRun';
}

/** Whether another option was given that this one cannot stand beside. */
function isContradicted({ conflictsWith }: Option & { readonly conflictsWith?: readonly string[] }, program: Program): boolean {
  return (conflictsWith ?? []).some((name) => program.getOptionValue(name) !== undefined);
}
