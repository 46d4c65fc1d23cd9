import { closeSync } from 'node:fs';
import type { Report } from '../model/index.ts';
import { asReadFailure, parseArtifact } from './artifact-text.ts';
import { openIfThere, readLines } from './read-lines.ts';

/** A saved report as unchecked JSON, its images one by one, again each time they are asked for. */
export interface SavedReport {
  /** The same without images. */
  readonly run: unknown;
  readonly images: Iterable<unknown>;
}

/** What stands where the images do, in a text in which line feeds stand between values only. */
const NO_IMAGES = '\n  "images": []';

/** A report as JSON, a line for each image: it can be read line by line, where the whole is longer than a text can be. Ends with a line feed. */
export function* reportLines(report: Report): Generator<string> {
  const [before = '', after = ''] = JSON.stringify({ ...report, images: [] }, null, 2).split(NO_IMAGES);
  yield `${before}\n  "images": [`;
  for (const [index, image] of report.images.entries()) yield `${index === 0 ? '' : ','}\n${JSON.stringify(image)}`;
  yield `${report.images.length === 0 ? '' : '\n  '}]${after}\n`;
}

/**
 * Reads a report in whatever layout: one of ours image by image, any other as a whole. Undefined where there is no such file. Whoever writes it anew meanwhile
 * changes nothing of what is read. Throws ARTIFACT_INVALID for what is not JSON, and what the file system throws.
 */
export async function withReportFile<Result>(
  path: string,
  read: (saved: SavedReport) => Result | Promise<Result>,
): Promise<Result | undefined> {
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  try {
    return await read(savedReport(path, file));
  } catch (cause) {
    throw asReadFailure(cause, path);
  } finally {
    closeSync(file);
  }
}

function savedReport(path: string, file: number): SavedReport {
  const frame = parseArtifact(frameOf(file), path);
  if (typeof frame !== 'object' || frame === null) return { run: frame, images: [] };
  const images: readonly unknown[] = 'images' in frame && Array.isArray(frame.images) ? frame.images : [];
  return { run: { ...frame, images: [] }, images: { [Symbol.iterator]: () => imagesOf(images, path, file) } };
}

function* imagesOf(inFrame: readonly unknown[], path: string, file: number): Generator {
  yield* inFrame;
  let index = 0;
  for (const line of readLines(file)) if (isImage(line, index++)) yield parseArtifact(withoutComma(line), path);
}

/** Whoever copied the file may have changed its line ends. */
function withoutComma(line: string): string {
  const text = line.trimEnd();
  return text.endsWith(',') ? text.slice(0, -1) : text;
}

/** Everything but the lines of images. */
function frameOf(file: number): string {
  let [frame, index] = ['', 0];
  for (const line of readLines(file)) if (!isImage(line, index++)) frame += `${line}\n`;
  return frame;
}

/** An image of ours is a line that begins with a member; whatever is indented does not, and what stands in one line is a report. */
function isImage(line: string, index: number): boolean {
  return index > 0 && line.startsWith('{"');
}
