/**
 * Negative, 0 or positive as `left` is older than, equal to or newer than `right`, in dpkg's order (deb-version(7)): epoch, then version, then revision;
 * in each, text without digits and numbers by turns, where `~` sorts before the end and letters before everything else.
 */
export function compareDebVersion(left: string, right: string): number {
  const [ours, theirs] = [split(left), split(right)];
  return ours.epoch - theirs.epoch || comparePart(ours.version, theirs.version) || comparePart(ours.revision, theirs.revision);
}

function split(text: string): { readonly epoch: number; readonly version: string; readonly revision: string } {
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(text) ?? [];
  const dash = rest.lastIndexOf('-');
  return { epoch: Number(epoch), version: dash < 0 ? rest : rest.slice(0, dash), revision: dash < 0 ? '' : rest.slice(dash + 1) };
}

function comparePart(left: string, right: string): number {
  const [ours, theirs] = [runs(left), runs(right)];
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const [our = '', their = ''] = [ours[index], theirs[index]];
    const order = index % 2 === 0 ? compareText(our, their) : compareDigits(our, their);
    if (order !== 0) return order;
  }
  return 0;
}

/** Text, number, text, number and so on; the first text may be empty. */
function runs(part: string): readonly string[] {
  return [...part.matchAll(/(\D*)(\d*)/g)].flatMap(([, text = '', digits = '']) => [text, digits]);
}

function compareText(left: string, right: string): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = weight(left[index]) - weight(right[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function weight(letter: string | undefined): number {
  if (letter === undefined) return 0;
  if (letter === '~') return -1;
  return /[A-Za-z]/.test(letter) ? letter.charCodeAt(0) : letter.charCodeAt(0) + 256;
}

function compareDigits(left: string, right: string): number {
  const [ours, theirs] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')];
  return ours.length - theirs.length || (ours < theirs ? -1 : ours > theirs ? 1 : 0);
}
