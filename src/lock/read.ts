import { LineCounter, parseDocument } from 'yaml';
import { RegildError } from '../errors.ts';
import type { Issue } from '../model/index.ts';
import { offsetOf, toPlace } from '../yaml-places.ts';
import { Lock } from './lock.ts';

/** The lock in the text of a file. Throws LOCK_INVALID with every problem and its place in the file. */
export function readLock(text: string, file: string): Lock {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, logLevel: 'error' });
  const at = problemAt(counter, file);
  const [broken] = document.errors;
  if (broken !== undefined) throw invalid(file, [at(`not valid YAML: ${lowerCase(broken.message)}`, broken.pos[0])]);
  const parsed = Lock.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw invalid(
    file,
    parsed.error.issues.map(({ path, message }) => at(`${path.join('.') || 'the file'}: ${lowerCase(message)}`, offsetOf(document, path))),
  );
}

function problemAt(counter: LineCounter, file: string) {
  return (message: string, offset: number): Issue => ({
    ...{ severity: 'error', code: 'LOCK_INVALID', message, place: toPlace(counter, file, offset) },
  });
}

function invalid(file: string, issues: readonly Issue[]): RegildError {
  const hint = 'take the last committed one, or delete the file and write it again with `regild plan --update-lock`';
  return new RegildError('LOCK_INVALID', `${file} cannot be read`, { hint, issues: issues.map((issue) => ({ ...issue, hint })) });
}

function lowerCase(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
