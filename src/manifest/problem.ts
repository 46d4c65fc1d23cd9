import type { IssueCode, Severity } from '../model/index.ts';

/** Keys and list positions from the top of the file down to a value. */
export type Path = readonly (string | number)[];

/** Something wrong in the manifest, before its place in the text is looked up. */
export interface Problem {
  readonly path: Path;
  /** Which end of the line to point at: the key, or its value. */
  readonly at: 'key' | 'value';
  readonly code: IssueCode;
  /** Absent = error. */
  readonly severity?: Severity | undefined;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Character offset in the text, where the path alone does not lead there: the second of two equal keys. */
  readonly offset?: number | undefined;
  /** The path that was probably meant, so that it is not reported as missing as well. */
  readonly meant?: Path | undefined;
  /** The image that cannot be used because of it; absent where the path says so, or where it concerns every image. */
  readonly image?: string | undefined;
}

/** True when `path` is `prefix` or lies below it. */
export function within(path: Path, prefix: Path): boolean {
  return prefix.every((part, index) => path[index] === part);
}

/** The image that a problem spoils; undefined when it spoils them all. */
export function imageOf(problem: Problem): string | undefined {
  if (problem.image !== undefined) return problem.image;
  const [top, name] = problem.path;
  return top === 'images' && name !== undefined ? String(name) : undefined;
}

/** A path as people write it, counted from the image: `target.gallery`, `regions[1].replicas`. */
export function subject(path: Path): string {
  const inside = path[0] === 'images' ? path.slice(2) : path[0] === 'defaults' ? path.slice(1) : path;
  if (inside.length === 0) return path[0] === 'images' && path.length > 1 ? `image ${quote(path[1])}` : String(path[0] ?? 'the file');
  return inside.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

const LONGEST_QUOTE = 80;

/** A value as it stands in a message: JSON, on one line, cut when long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

/** A problem of one merged image; its path starts at the image, since the value may stand in the image or in the defaults. */
export type ImageProblem = Omit<Problem, 'offset' | 'image' | 'meant'>;
