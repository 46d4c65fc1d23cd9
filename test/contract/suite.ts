import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDescriptions } from './descriptions.ts';
import { replayExamples } from './examples/index.ts';
import { providerVersionOf, sortTraffic, type Traffic } from './exchanges.ts';
import { FLOWS } from './flows/index.ts';
import { exceptionUse, type Judged, judge, outcomesOf, staleExceptions } from './judge.ts';
import { mutate } from './mutations.ts';
import { describeOperationStatus } from './operation-status.ts';
import { failed, type Outcome, passed, section, tally } from './outcome.ts';
import { type Recording, record } from './record.ts';
import { createValidator } from './validate.ts';

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Records, judges, falsifies and replays; prints what it found, and gives all outcomes. `set` is the folder with the descriptions. */
async function run(set: string, directory: string): Promise<readonly Outcome[]> {
  const recordings: Recording[] = [];
  for (const flow of FLOWS) recordings.push(await record(flow));
  const flows = recordings.map(({ name, failure }) => (failure === undefined ? passed(name) : failed(name, failure)));
  print(section('flows that are recorded', flows));

  const traffic = sortTraffic(recordings.map(({ exchanges }) => exchanges));
  const wanted = new Set(traffic.arm.map(({ exchange }) => providerVersionOf(exchange)));
  const followed = new Set(traffic.arm.filter(({ isStatus }) => isStatus).map(({ exchange }) => providerVersionOf(exchange)));
  const descriptions = describeOperationStatus(prepareDescriptions(set, wanted, directory), followed);
  const { complete } = descriptions;
  const validate = await createValidator(descriptions);
  const judged = await judge(traffic.arm, validate);
  const operations = outcomesOf(judged, complete);
  print(account(traffic, judged));
  print(section('operations by version and status', operations));

  const falsified = await mutate(judged, validate, complete);
  print(section('lies that must be found', falsified));
  const exceptions = complete ? staleExceptions(judged) : [];
  print(section('exceptions that are needed', exceptions));
  const examples = await replayExamples(set, wanted, complete);
  print(`${examples.replayed} of ${examples.found} official examples are answers to what regild asks`);
  print(section('examples through the adapters', examples.outcomes));
  const strangers = [...traffic.others.keys()]
    .filter((name) => name.startsWith('unknown'))
    .map((name) => failed(name, 'nobody judges this'));
  return [...flows, ...operations, ...falsified, ...exceptions, ...examples.outcomes, ...strangers];
}

function account({ arm, others }: Traffic, judged: readonly Judged[]): string {
  const total = arm.reduce((sum, { times }) => sum + times, 0);
  const elsewhere = [...others].map(([name, count]) => `${name} ${count}`).join(', ');
  const uses = [...exceptionUse(judged)].map(([{ what, reason }, count]) => `  allowed ${count} times: ${what}\n          ${reason}`);
  return [
    `${total} requests to Resource Manager with their answers, ${arm.length} of them different; not judged, since no description has them: ${elsewhere}`,
    ...uses,
  ].join('\n');
}

async function main([set]: readonly string[]): Promise<number> {
  if (set === undefined) throw new Error('usage: suite.ts <folder with the API descriptions>');
  const directory = mkdtempSync(join(tmpdir(), 'regild-contract-'));
  try {
    const outcomes = await run(set, directory);
    print(tally(outcomes));
    return outcomes.some(({ kind }) => kind === 'failed') ? 1 : 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
