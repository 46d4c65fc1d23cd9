import { RegildError } from '../errors.ts';
import type { Io } from './command.ts';

/** Our flags that `npm run build-image web --flag` (without `--`) keeps for itself and only leaves in the environment. */
const SWALLOWED = {
  npm_config_dry_run: '--dry-run',
  npm_config_force: '--force',
  npm_config_json: '--json',
  npm_config_licence: '--licence',
  npm_config_sandbox: '--sandbox',
  npm_config_resume: '--resume',
  npm_config_until: '--until',
  npm_config_locked: '--locked',
  npm_config_update_lock: '--update-lock',
  npm_config_manifest: '--manifest',
  npm_config_runs: '--runs',
  npm_config_subscription: '--subscription',
  npm_config_older_than: '--older-than',
  npm_config_staged: '--staged',
  npm_config_concurrency: '--concurrency',
} as const;

/**
 * The flags as the user meant them. npm takes flags that stand before `--` for itself, and a build that was asked for dry would be real:
 * `--dry-run` is honoured (doing less is safe), any other swallowed flag is refused with the right way to write it.
 */
export function withSwallowedFlags<Flags extends object>(
  flags: Flags,
  io: Pick<Io, 'environment' | 'diagnostics'>,
): Flags & { readonly dryRun?: true } {
  const { environment } = io;
  if (environment.npm_lifecycle_event === undefined) return flags;
  const swallowed = Object.entries(SWALLOWED).filter(([name]) => isSet(environment[name]));
  const refused = swallowed.filter(([name]) => name !== 'npm_config_dry_run').map(([, flag]) => flag);
  if (refused.length > 0) {
    throw new RegildError('USAGE', `npm kept ${refused.join(' and ')} for itself: the flag stands before \`--\``, {
      hint: `write: npm run ${environment.npm_lifecycle_event} -- <images> ${refused.join(' ')}`,
    });
  }
  if (swallowed.length === 0 || 'dryRun' in flags) return flags;
  io.diagnostics.write('note  npm kept --dry-run for itself; it is honoured: nothing will be written\n');
  return { ...flags, dryRun: true };
}

/** npm sets `true` or the value; an npmrc that says false, or nothing, means that nobody asked. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}
