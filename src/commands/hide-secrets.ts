import { hiding, secretsOfEnvironment } from '../model/secret-shapes.ts';
import type { Io } from './command.ts';
import { mapped } from './mapped-stream.ts';

/** The same process, whose results and diagnostics never show what its environment keeps secret, whatever led there. */
export function hidingSecrets(io: Io): Io {
  const hide = hiding(secretsOfEnvironment(io.environment));
  return { ...io, out: (text) => io.out(hide(text)), tell: (text) => io.tell(hide(text)), diagnostics: mapped(io.diagnostics, hide) };
}
