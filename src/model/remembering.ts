/** How many texts a function remembers: more than a fleet has in common, few enough to stay small. */
const MOST = 200;

/**
 * The same pure function of a text, which remembers what it said of the texts that it was asked of last: the images of a fleet share their scripts,
 * tables and patterns. For texts that many images have in common; others would only fill the memory.
 */
export function remembering<Value>(work: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (text) => {
    const found = known.get(text);
    if (found) return found.value;
    if (known.size >= MOST) known.clear();
    const value = work(text);
    known.set(text, { value });
    return value;
  };
}
