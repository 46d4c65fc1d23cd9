import { RegildError } from '../../errors.ts';
import { explain, explainLog } from '../../failures/explain.ts';
import { readArmFailure } from '../azure/errors/arm-failure.ts';
import { oneLine } from '../one-line.ts';
import type { Reading } from './reading.ts';

/** The answer of Azure that the plugin quotes (hashicorp/go-azure-sdk, resourcemanager errors). */
const ARM_ANSWER = /----\[start\]----\n([\s\S]*?)\n-----\[end\]-----/;

/** What the shell provisioners say when a script ends badly, and what the guest's own words then tell better (packer-plugin-sdk, shell/exit_code.go). */
const SCRIPT_FAILED = /^Script exited with non-zero exit status: (\d+)/;

/** How many of the guest's last lines stand in the message. */
const QUOTED = 3;

/** Why one of Packer's commands failed: the step by name with the guest's last words, Azure's innermost error, or Packer's own. */
export function packerFailure(command: string, exitCode: number | undefined, reading: Reading, steps: readonly string[]): RegildError {
  const cause = causeOf(reading, exitCode, steps);
  return new RegildError('BUILD_FAILED', `packer ${command} failed: ${oneLine(cause.text)}`, {
    hint: cause.hint ?? (command === 'init' ? explain('Missing plugins') : undefined) ?? 'the whole log is packer.log in the run folder',
    details: { exitCode, step: steps[reading.step - 1], output: reading.last.join('\n') },
  });
}

interface Cause {
  readonly text: string;
  readonly hint: string | undefined;
}

function causeOf(reading: Reading, exitCode: number | undefined, steps: readonly string[]): Cause {
  const { failure, step, last } = reading;
  const status = SCRIPT_FAILED.exec(failure ?? '')?.[1];
  const name = steps[step - 1];
  if (status !== undefined && name !== undefined) {
    const words = guestWords(reading);
    const said = words.length > 0 ? `: ${words.join(' | ')}` : '';
    return {
      text: `the step "${name}" (${step} of ${steps.length}) ended with exit status ${status}${said}`,
      hint: explainLog(last)?.hint,
    };
  }
  const text = azureWords(failure ?? '') ?? failure ?? complaints(reading);
  return { text: text || `it ended with exit code ${exitCode ?? 'none'}`, hint: explain(text) ?? explainLog(last)?.hint };
}

/** regild's own scripts end with the reason as their last line of stderr; what the shell or a package manager says stands there as well. */
function guestWords({ errors, last }: Reading): readonly string[] {
  return (errors.length > 0 ? errors : last).slice(-QUOTED);
}

/** Without a structured error, as `packer init` ends: everything from the first complaint on, for the reason often follows it. */
function complaints({ errors, last }: Reading): string {
  const first = last.indexOf(errors[0] ?? '');
  return last.slice(Math.max(first, 0)).join(' | ');
}

/** The innermost error of the answer that the plugin quotes; undefined where it quotes none. */
function azureWords(failure: string): string | undefined {
  const quoted = ARM_ANSWER.exec(failure)?.[1];
  if (quoted === undefined) return undefined;
  try {
    const { code, message, innermost } = readArmFailure({ name: 'RestError', message: quoted, details: JSON.parse(quoted) });
    return innermost.length > 0 ? innermost.join('; ') : `${code ?? ''}: ${message}`;
  } catch {
    return quoted;
  }
}
