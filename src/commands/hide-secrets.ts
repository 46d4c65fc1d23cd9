import { hiding, secretsOfEnvironment } from '../model/secret-shapes.ts';
import type { Io } from './command.ts';

/** The same process, whose results and diagnostics never show what its environment keeps secret, whatever led there. */
export function hidingSecrets(io: Io): Io {
  const hide = hiding(secretsOfEnvironment(io.environment));
  return { ...io, out: (text) => io.out(hide(text)), diagnostics: hidingStream(io.diagnostics, hide) };
}

/** Everything else that is asked of a stream (its width, its colours, its listeners) is the stream's own. */
function hidingStream(stream: Io['diagnostics'], hide: (text: string) => string): Io['diagnostics'] {
  const write = (chunk: unknown, ...rest: readonly unknown[]) =>
    Reflect.apply(stream.write, stream, [typeof chunk === 'string' ? hide(chunk) : chunk, ...rest]);
  return new Proxy(stream, {
    get: (target, name) => {
      const found: unknown = name === 'write' ? write : Reflect.get(target, name, target);
      return typeof found === 'function' && name !== 'write' ? found.bind(target) : found;
    },
  });
}
