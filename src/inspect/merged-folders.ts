/** Folders that are links into /usr since systems merged the two; packages and rules may name either. */
const MERGED = /^\/usr(\/(?:bin|sbin|lib|lib32|lib64|libx32)(?:\/|$))/;

/** A path by the name that it had before: /lib/x for /usr/lib/x. */
export function withoutMerge(path: string): string {
  return path.replace(MERGED, '$1');
}
