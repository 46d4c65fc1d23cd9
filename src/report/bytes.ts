/** Sizes from a tenth of a GiB on are told in GiB, smaller ones (bytes) in whole MiB. */
export function sizeText(bytes: number): string {
  const gib = bytes / 2 ** 30;
  return gib < 0.1 ? `${Math.ceil(bytes / 2 ** 20)} MiB` : `${gib.toFixed(1)} GiB`;
}
