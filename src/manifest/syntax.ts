import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Issue } from '../model/index.ts';
import { toPlace } from '../yaml-places.ts';

const HINTS: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'remove the `---` line; one file holds one fleet',
  BLOCK_AS_IMPLICIT_KEY: 'put a value that contains `: ` in quotes',
  BAD_SCALAR_START: 'put the value in quotes',
  TAG_RESOLVE_FAILED: 'remove the tag, or put a value that starts with `!` in quotes',
  RESOURCE_EXHAUSTION: 'the file is nested too deeply',
};
const GENERAL_HINT = 'check indentation, quotes and brackets on this line and the one above';

export interface Parsed {
  readonly document: Document;
  readonly counter: LineCounter;
  readonly issues: readonly Issue[];
}

/** Parses YAML. Only the first syntax error is an issue, since those after it are mostly its echo. Repeated keys are left to the reader. */
export function parseYaml(text: string, file: string): Parsed {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  const [first] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  return { document, counter, issues: first === undefined ? [] : [toIssue(first, counter, file)] };
}

function toIssue(error: YAMLError, counter: LineCounter, file: string): Issue {
  const said = error.code === 'MULTIPLE_DOCS' ? 'the file holds more than one document' : error.message;
  return {
    severity: 'error',
    code: 'MANIFEST_SYNTAX',
    message: `not valid YAML: ${said.charAt(0).toLowerCase()}${said.slice(1)}`,
    hint: HINTS[error.code] ?? GENERAL_HINT,
    place: toPlace(counter, file, error.pos[0]),
  };
}
