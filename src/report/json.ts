import type { Report } from '../model/index.ts';
import { visibleJson } from './encode.ts';

/** The whole report as indented JSON; the same value when parsed again. */
export function renderJson(report: Report): string {
  return `${visibleJson(JSON.stringify(report, null, 2))}\n`;
}
