/** The same work, shared by callers that ask for it with equal arguments while it runs; nothing is remembered afterwards. Arguments must be plain JSON. */
export function shareInFlight<Arguments extends readonly unknown[], Value>(
  work: (...given: Arguments) => Promise<Value>,
): (...given: Arguments) => Promise<Value> {
  const running = new Map<string, Promise<Value>>();
  return (...given) => {
    const key = JSON.stringify(given);
    const shared = running.get(key);
    if (shared) return shared;
    const started = work(...given).finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}
