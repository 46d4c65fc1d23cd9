/** The lock file that belongs to a manifest: beside it, `images.yaml` -> `images.lock.yaml`. */
export function lockFileOf(manifest: string): string {
  return /\.ya?ml$/i.test(manifest) ? manifest.replace(/\.ya?ml$/i, '.lock.yaml') : `${manifest}.lock.yaml`;
}
