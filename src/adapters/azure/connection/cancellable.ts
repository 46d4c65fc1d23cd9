/** A signal as the option that Azure's SDKs take. */
export function cancellable(signal: AbortSignal | undefined) {
  return signal ? { abortSignal: signal } : {};
}
