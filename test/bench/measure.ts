import { performance } from 'node:perf_hooks';

/** One line of the table. */
export interface Measurement {
  readonly what: string;
  readonly milliseconds: number;
  /** Whatever else was counted, in words. */
  readonly also: string;
}

/** The middle one of so many runs, in milliseconds. The first run warms up and does not count. */
export async function medianOf(runs: number, work: () => unknown): Promise<number> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[Math.floor(runs / 2)] ?? 0;
}

/** How often something goes into something else, for example `4.2 ×`. */
export function times(one: number, other: number): string {
  return `${(one / other).toFixed(1)} ×`;
}

/** The measurements in columns. */
export function table(measurements: readonly Measurement[]): string {
  const width = Math.max(...measurements.map(({ what }) => what.length));
  const lines = measurements.map(({ what, milliseconds, also }) =>
    `${what.padEnd(width)}  ${shown(milliseconds).padStart(10)} ms  ${also}`.trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

function shown(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 10 ? 2 : 0);
}
