import { movesCursor } from '../../terminal/surface.ts';
import type { Io } from '../command.ts';

/** Says how far a count has come: in place on a terminal, as a line for every tenth elsewhere. */
export function progressLines(
  total: number,
  { diagnostics, interactive, environment }: Pick<Io, 'diagnostics' | 'interactive' | 'environment'>,
): (done: number) => void {
  const step = Math.max(1, Math.ceil(total / 10));
  return (done) => {
    if (interactive && movesCursor(environment)) diagnostics.write(`\rasked about ${done} of ${total} bases${done === total ? '\n' : ''}`);
    else if (done % step === 0 || done === total) diagnostics.write(`asked about ${done} of ${total} bases\n`);
  };
}
