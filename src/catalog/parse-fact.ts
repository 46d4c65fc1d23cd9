import { LineCounter, parse, parseDocument, YAMLParseError } from 'yaml';
import type * as z from 'zod';
import type { Issue, Place } from '../model/index.ts';
import { offsetOf, toPlace } from '../yaml-places.ts';

export type ParsedFact<Fact> =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'broken'; readonly issues: readonly Issue[] };

/** Reads one YAML file against its schema; the answer holds the fact, or every problem with its place in the file. */
export function parseFact<Fact>(text: string, file: string, schema: z.ZodType<Fact>): ParsedFact<Fact> {
  const value = parseYaml(text, file);
  if (value.kind === 'broken') return value;
  const result = schema.safeParse(value.fact);
  if (result.success) return { kind: 'fact', fact: result.data };
  return { kind: 'broken', issues: result.error.issues.map((problem) => locate(problem, text, file)) };
}

function parseYaml(text: string, file: string): ParsedFact<unknown> {
  try {
    return { kind: 'fact', fact: parse(text) };
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
    return { kind: 'broken', issues: [invalid(firstLine(error.message), { file, line, column: col })] };
  }
}

/** The document is parsed a second time, with positions, only once a problem is known: positions cost half of the parsing time. */
function locate(problem: z.core.$ZodIssue, text: string, file: string): Issue {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const path = problem.path.join('.');
  const place = toPlace(lineCounter, file, offsetOf(document, problem.path));
  return invalid(path === '' ? problem.message : `${path}: ${problem.message}`, place);
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

function invalid(message: string, place: Place): Issue {
  return { severity: 'error', code: 'CATALOG_INVALID', message, place };
}
