/** EC2 allows 128 characters in a name and 255 in a description or tag value; a longer text did not come from there. */
const LONGEST = 256;

/** A name, description or tag as patterns may read it: cut, so that a hostile text costs no time. */
export function readable(text: string): string {
  return text.slice(0, LONGEST);
}
