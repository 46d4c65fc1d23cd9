import { Metric, type PlannedMeasurement } from '../model/index.ts';
import { powershellString, shellWord } from './quote.ts';

/** One script for Run Command that measures a booted VM; `text` is `measure.sh` or `measure.ps1`. Its first line names the metrics. */
export function measureScript(os: 'linux' | 'windows', text: string, metrics: readonly PlannedMeasurement[]): string {
  const names = metrics.map(({ metric }) => metric);
  const urlOf = (metric: Metric) => metrics.find((each) => each.metric === metric)?.url ?? '';
  const lines =
    os === 'windows'
      ? [
          '$RegildInline = $true',
          text.trimEnd(),
          `Measure-Regild @(${names.map(powershellString).join(', ')}) ${powershellString(urlOf('network'))} ${powershellString(urlOf('networkLatency'))}`,
        ]
      : [
          'REGILD_INLINE=1',
          `REGILD_URL=${shellWord(urlOf('network'))}`,
          `REGILD_LATENCY_URL=${shellWord(urlOf('networkLatency'))}`,
          text.trimEnd(),
          `regild_measure ${names.join(' ')}`,
        ];
  return `${[`# regild-measure: ${names.join(' ')}`, ...lines].join('\n')}\n`;
}

/** What a guest says about one metric; `value` is absent where it could not measure it, and `how` says why. */
export interface MeasureLine {
  readonly metric: Metric;
  readonly value: number | undefined;
  readonly how: string;
}

/** The figures in what a guest printed: lines `regild-measure<TAB>metric<TAB>number or -<TAB>how`; anything else is ignored. */
export function parseMeasured(stdout: string): readonly MeasureLine[] {
  return stdout.split(/\r?\n/).flatMap((line) => {
    const found = /^regild-measure\t(?<metric>\w+)\t(?<value>-|\d+(?:\.\d+)?)\t(?<how>[^\t]*)$/.exec(line)?.groups;
    const metric = Metric.safeParse(found?.metric);
    if (found === undefined || !metric.success) return [];
    return [{ metric: metric.data, value: found.value === '-' ? undefined : Number(found.value), how: (found.how ?? '').trim() }];
  });
}
