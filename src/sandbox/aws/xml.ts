/** An XML element's content: text, a list that becomes `<item>` elements, or named children. Undefined children are left out. */
export type XmlValue = string | number | boolean | readonly XmlValue[] | { readonly [name: string]: XmlValue | undefined };

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

// XML 1.0 (section 2.2) has no way to write these, not even as character references.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** The text as XML 1.0 character data; characters that XML cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(ILLEGAL, '\ufffd')
    .replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character);
}

/** The content of an element. Names are the service's own and need no escaping. */
export function toXml(value: XmlValue): string {
  if (typeof value !== 'object') return escapeXml(String(value));
  if (Array.isArray(value)) return value.map((item: XmlValue) => `<item>${toXml(item)}</item>`).join('');
  return Object.entries(value)
    .map(([name, child]) => (child === undefined ? '' : `<${name}>${toXml(child)}</${name}>`))
    .join('');
}
