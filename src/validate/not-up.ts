import { RegildError } from '../errors.ts';
import { type BuildPlan, type CheckResult, type TestShape, vmWord } from '../model/index.ts';
import type { Artifacts } from '../ports.ts';

/** What a VM that did not come up is known by. */
export interface NotUp {
  readonly detail: string;
  readonly hint: string | undefined;
  /** Its last lines, for the report. */
  readonly serialLog: string | undefined;
}

/** A VM that does not come up is a finding about the image; anything else is a failure of the run, and thrown. Its whole console is put into the run folder. */
export async function notUp(error: unknown, { image }: BuildPlan, shape: TestShape, artifacts: Artifacts): Promise<NotUp> {
  if (!(error instanceof RegildError) || error.code !== 'VALIDATION_FAILED') throw error;
  const { serialLog, console } = error.details;
  const failure = { detail: error.message, hint: error.hint, serialLog: typeof serialLog === 'string' ? serialLog : undefined };
  if (typeof console !== 'string') return failure;
  const log = `serial-${vmWord(shape)}.log`;
  await artifacts.log(image, log, console);
  const where = `the whole serial console is ${log} in the run folder`;
  return { ...failure, hint: error.hint === undefined ? where : `${error.hint}; ${where}` };
}

/** The check that such a VM fails. */
export function bootFailure({ detail, hint }: NotUp): CheckResult {
  return { id: 'vm-ready', title: 'the VM boots and its agent reports ready', severity: 'block', status: 'fail', detail, hint };
}
