import { explain, explainLog } from '../explain.ts';
import type { Reading } from './reading.ts';

/** Why a build failed: in words for the message, and as a hint where the table of failures knows it. */
export interface BuildCause {
  readonly text: string;
  readonly hint: string | undefined;
  /** Name of the step that failed; undefined when none did, or none had begun. */
  readonly step: string | undefined;
}

/** What the shell provisioners say when a script ends badly; the guest's own words then tell more (packer-plugin-sdk, shell/exit_code.go). */
const SCRIPT_FAILED = /Script exited with non-zero exit status: (\d+)/;

/** How many of the guest's last lines stand in the message. */
const QUOTED = 3;
/** How much of one line. */
const LONGEST = 300;

/**
 * Why a build of Packer's failed, from what it printed and the names of its steps: the step with the guest's last words, or the error that ended it.
 * `reword` may put that error into better words. Undefined where nothing was said.
 */
export function buildCause(
  reading: Reading,
  steps: readonly string[],
  reword: (failure: string) => string = (failure) => failure,
): BuildCause | undefined {
  const { failure, step: number, last } = reading;
  const status = SCRIPT_FAILED.exec(failure ?? '')?.[1];
  const step = steps[number - 1];
  if (status !== undefined && step !== undefined) {
    const words = guestWords(reading);
    const said = words.length > 0 ? `: ${words.join(' | ')}` : '';
    return {
      text: `the step "${step}" (${number} of ${steps.length}) ended with exit status ${status}${said}`,
      hint: explainLog(last)?.hint,
      step,
    };
  }
  const text = withAzure(reading, failure === undefined ? complaints(reading) : reword(failure));
  return text === '' ? undefined : { text, hint: explain(text) ?? explainLog(last)?.hint, step };
}

/** regild's own scripts end with the reason as their last line of stderr; what the shell or a package manager says stands there as well. */
function guestWords({ errors, last }: Reading): readonly string[] {
  return (errors.length > 0 ? errors : last).slice(-QUOTED).map((line) => line.slice(0, LONGEST));
}

/**
 * Before the first step begins it is Azure that fails: what it answered stands in the lines before the error, as the plugin's own words
 * (builder/azure/arm/azure_error_response.go) or as JSON, within which a message may be JSON once more. The last one is the innermost.
 */
function withAzure({ step, last }: Reading, text: string): string {
  if (step > 0) return text;
  const lines = last.join('\n').replaceAll(/\\+"/g, '"');
  const answers = [...lines.matchAll(AZURE_ANSWER)].map(
    ({ groups }) => `${groups?.code ?? groups?.key}: ${groups?.message ?? groups?.value}`,
  );
  const answer = answers.at(-1);
  return answer === undefined || text.includes(answer) ? text : answer;
}

const AZURE_ANSWER =
  /^ERROR:\s*-> (?<code>\w+) : (?<message>.+)$|"code"\s*:\s*"(?<key>\w+)"\s*,(?:\s|\\[rnt])*"message"\s*:\s*"(?<value>[^"{}]+)"/gm;

/** Without an error that ends it, as `packer init` does: everything from the first complaint on, for the reason often follows it. */
function complaints({ errors, last }: Reading): string {
  const [first] = errors;
  return first === undefined ? '' : last.slice(Math.max(last.indexOf(first), 0)).join(' | ');
}
