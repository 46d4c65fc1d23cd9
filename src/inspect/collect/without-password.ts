/** A URL without what stands before the `@` of its host. */
export function withoutPassword(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]*@/gi, '$1');
}
