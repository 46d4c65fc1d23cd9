import { RegildError } from '../../errors.ts';
import { explain } from '../../failures/explain.ts';
import { buildCause } from '../../failures/packer/cause.ts';
import type { Reading } from '../../failures/packer/reading.ts';
import { readArmFailure } from '../azure/errors/arm-failure.ts';
import { oneLine } from '../one-line.ts';

/** The answer of Azure that the plugin quotes (hashicorp/go-azure-sdk, resourcemanager errors). */
const ARM_ANSWER = /----\[start\]----\n([\s\S]*?)\n-----\[end\]-----/;

const WHERE = 'the whole log is packer.log in the run folder';

/** Why one of Packer's commands failed: the step by name with the guest's last words, Azure's innermost error, or Packer's own. */
export function packerFailure(command: string, exitCode: number | undefined, reading: Reading, steps: readonly string[]): RegildError {
  const cause = buildCause(reading, steps, azureWords);
  const hint = cause?.hint ?? (command === 'init' ? explain('Missing plugins') : undefined);
  const text = cause?.text ?? `it ended with exit code ${exitCode ?? 'none'}`;
  return new RegildError('BUILD_FAILED', `packer ${command} failed: ${oneLine(text)}`, {
    hint: hint === undefined ? WHERE : `${hint}; ${WHERE}`,
    details: { exitCode, step: cause?.step, output: reading.last.join('\n') },
  });
}

/** The innermost error of the answer of Azure that a failure quotes; the failure itself where it quotes none. */
function azureWords(failure: string): string {
  const quoted = ARM_ANSWER.exec(failure)?.[1];
  if (quoted === undefined) return failure;
  try {
    const { code, message, innermost } = readArmFailure({ name: 'RestError', message: quoted, details: JSON.parse(quoted) });
    return innermost.length > 0 ? innermost.join('; ') : `${code ?? ''}: ${message}`;
  } catch {
    return quoted;
  }
}
