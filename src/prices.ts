import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import type { Issue, PriceSource } from './model/index.ts';
import { offsetOf, toPlace } from './yaml-places.ts';

const Price = z.number().nonnegative();
const PerUnit = z.record(z.string(), Price).readonly().default({});

/** A price file: what one unit costs, from when, and who says so. */
const PriceFile = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters, for example EUR'),
  date: z.iso.date('a date is written like 2026-11-01'),
  source: z.string().min(1, 'say where the prices were read'),
  /** Per VM size. */
  vmHour: PerUnit,
  /** Per storage of replicas. */
  storageGBMonth: PerUnit,
  egressGB: Price.optional(),
});

/** Prices of units, with the file that holds them. */
export interface Prices {
  readonly from: PriceSource;
  readonly vmHour: Readonly<Record<string, number>>;
  readonly storageGBMonth: Readonly<Record<string, number>>;
  readonly egressGB: number | undefined;
}

/** Reads a price file; every mistake is an issue with its place, and no price is taken from a file that has one. `text` is undefined for a file that does not exist. */
export function readPrices(
  text: string | undefined,
  file: string,
): { readonly prices?: Prices | undefined; readonly issues: readonly Issue[] } {
  if (text === undefined)
    return { issues: [{ ...INVALID, message: `the price file ${file} does not exist`, hint: 'name it relative to the manifest' }] };
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, logLevel: 'error', schema: 'core' });
  const problem = (message: string, offset: number): Issue => ({
    ...INVALID,
    message: `${file}: ${message}`,
    place: toPlace(counter, file, offset),
  });
  const [broken] = document.errors;
  if (broken !== undefined) return { issues: [problem(`not valid YAML: ${broken.message}`, broken.pos[0])] };
  const parsed = PriceFile.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      issues: parsed.error.issues.map(({ path, message }) =>
        problem(`${path.join('.') || 'the file'}: ${message}`, offsetOf(document, path)),
      ),
    };
  }
  const { currency, date, source, ...perUnit } = parsed.data;
  return { prices: { from: { file, currency, date, source }, ...perUnit, egressGB: perUnit.egressGB }, issues: [] };
}

const INVALID = {
  severity: 'error',
  code: 'PRICES_INVALID',
  hint: 'docs/explanation/forecast.md shows a price file; take `prices` out to plan without money',
} as const satisfies Partial<Issue>;
