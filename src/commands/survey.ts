import { InvalidArgumentError, Option } from 'commander';
import { RegildError } from '../errors.ts';
import { NO_WISHES, type Wishes } from '../match/index.ts';
import { ExitCode, type Survey } from '../model/index.ts';
import { renderIssue } from '../report/issue-text.ts';
import { renderSurvey, SURVEY_FORMATS, type SurveyFormat } from '../report/survey/index.ts';
import { surveyAccount, surveyRecords } from '../survey/index.ts';
import type { Io, Verb } from './command.ts';
import { catalogFor } from './installation.ts';
import { afterSurvey } from './next-steps.ts';
import { acceptOption, agreedBy } from './options.ts';
import { goOn, printAll } from './print.ts';
import { readRecords } from './survey-sources.ts';
import { withInventory } from './wire.ts';

interface SurveyFlags {
  readonly region?: readonly string[];
  readonly from?: string;
  readonly owner?: readonly string[];
  readonly format: SurveyFormat;
  readonly json?: true;
  readonly sandbox?: true;
  readonly usage: boolean;
  readonly inspect?: true;
  readonly max: number;
  readonly licence?: 'payg' | 'byos' | 'free';
  readonly accept: readonly string[];
}

/** The region of the sandbox's account. */
const SANDBOX_REGION = 'eu-west-1';

/** What all AMIs of an account, or of a file, are, which road each takes, and in which order. Reads only. */
export const surveyVerb: Verb = (program, run) =>
  program
    .option('--region <names...>', 'AWS regions to survey; AWS_REGION when absent')
    .option('--from <file>', 'take the AMIs from DescribeImages output (- = standard input) and ask no cloud')
    .addOption(new Option('--owner <owners...>', 'whose AMIs: self, an account id, an alias').conflicts('from'))
    .addOption(new Option('--format <format>', 'how to print it').choices([...SURVEY_FORMATS]).default('text'))
    .option('--json', 'print the survey as JSON on stdout')
    .option('--sandbox', 'speak to the embedded sandbox clouds instead of AWS')
    .option('--no-usage', 'do not ask which instances and launch templates use the AMIs')
    .addOption(new Option('--inspect', 'read the root disks of the AMIs too, by EBS direct: some 100 calls for each').conflicts('from'))
    .addOption(new Option('--max <count>', 'for --inspect: how many disks are read, the newest first').default(20).argParser(toCount))
    .addOption(new Option('--licence <licence>', 'answer the licence question for all of them').choices(['payg', 'byos', 'free']))
    .addOption(acceptOption())
    .option('-v, --verbose', 'show details of failures')
    .action((flags: SurveyFlags) =>
      run(async (io) => {
        const survey = flags.from === undefined ? await fromAccount(flags, io) : await fromFile(flags.from, flags, io);
        const format = flags.json ? 'json' : flags.format;
        await printAll(renderSurvey(survey, format, io.columns), format, io);
        // The text holds the issues itself; a program that reads the document may not look at them.
        if (format !== 'text') for (const issue of survey.issues) io.diagnostics.write(renderIssue(issue));
        goOn(afterSurvey(survey), format === 'json' || flags.json, io);
        return ExitCode.ok;
      }),
    );

async function fromFile(file: string, flags: SurveyFlags, io: Io): Promise<Survey> {
  const { amis, issues } = await readRecords(file, flags.region?.[0], io);
  return surveyRecords(amis, await catalogFor(io), wishesOf(flags), io.now(), issues);
}

async function fromAccount(flags: SurveyFlags, io: Io): Promise<Survey> {
  const regions = flags.region ?? [defaultRegion(flags, io)];
  const inspect = flags.inspect ? { max: flags.max } : undefined;
  const request = { regions, owners: flags.owner ?? ['self'], use: flags.usage, inspect, wishes: wishesOf(flags) };
  const catalog = await catalogFor(io);
  return withInventory(flags.sandbox ?? false, io, catalog, (ports) => surveyAccount(request, ports, catalog));
}

function toCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('give a whole number from 1 on');
}

function defaultRegion({ sandbox }: SurveyFlags, { environment }: Io): string {
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION || (sandbox ? SANDBOX_REGION : undefined);
  if (region) return region;
  throw new RegildError('USAGE', 'the region to survey is not given', {
    hint: 'add --region, for example --region eu-west-1 us-east-1, or --from with a file of DescribeImages output',
  });
}

function wishesOf({ licence, accept }: SurveyFlags): Wishes {
  return { ...NO_WISHES, licence, accept: agreedBy(accept, NO_WISHES.accept) };
}
