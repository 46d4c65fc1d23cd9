/** Virtual seconds per second of a sandbox; undefined for a text that is no number above zero, with which nothing would ever end. */
export function parseSpeed(text: string): number | undefined {
  const speed = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  return speed > 0 && Number.isFinite(speed) ? speed : undefined;
}
