/** A stream whose text is changed on its way; everything else that is asked of it (its width, its colours, its listeners) is the stream's own. */
export function mapped(stream: NodeJS.WriteStream, change: (text: string) => string): NodeJS.WriteStream {
  const write = (chunk: unknown, ...rest: readonly unknown[]) => Reflect.apply(stream.write, stream, [changed(chunk, change), ...rest]);
  return new Proxy(stream, {
    get: (target, name) => {
      const found: unknown = name === 'write' ? write : Reflect.get(target, name, target);
      return typeof found === 'function' && name !== 'write' ? found.bind(target) : found;
    },
  });
}

function changed(chunk: unknown, change: (text: string) => string): unknown {
  if (typeof chunk === 'string') return change(chunk);
  return chunk instanceof Uint8Array ? change(Buffer.from(chunk).toString()) : chunk;
}
