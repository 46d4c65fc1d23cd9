import {
  type BaseMatch,
  type Candidate,
  formatDuration,
  formatUrn,
  type Issue,
  otherTestLocations,
  type Question,
  type ReportedAnalysis,
  type ReportedPlan,
  soldOffer,
  type TestShape,
  type VendorChoice,
  vmName,
} from '../model/index.ts';
import { fatesOf, replacementsOf } from './components.ts';
import { contentFacts } from './content-facts.ts';
import { type FindingLine, findingsOf } from './findings.ts';
import { type Branch, renderTree } from './tree.ts';

/** The whole reasoning as a tree: every finding with its evidence, every candidate with its points, what was refused and why, what is still asked, and what will be done. */
export function renderExplanation(analysis: ReportedAnalysis, match?: BaseMatch, plan?: ReportedPlan): string {
  const { id, name, region } = analysis.ami;
  const below = [
    { text: 'what the AMI is', below: findingsOf(analysis).map(findingBranch) },
    ...(analysis.ancestry.length > 0
      ? [{ text: 'made from, nearest first', below: analysis.ancestry.map((ami) => ({ text: `${ami.id} ${ami.name ?? ''}`.trimEnd() })) }]
      : []),
    ...contentBranches(analysis, plan),
    ...(match === undefined ? [] : matchBranches(match)),
    ...(plan === undefined ? [] : [planBranch(plan)]),
    ...group('issues', [...analysis.issues, ...(match?.issues ?? []), ...(plan?.issues ?? [])].map(issueBranch)),
  ];
  return `${renderTree({ text: `${analysis.image}: ${id}${name === undefined ? '' : ` ${name}`} in ${region}`, below })}\n`;
}

function contentBranches(analysis: ReportedAnalysis, plan: ReportedPlan | undefined): readonly Branch[] {
  return group("what is on the AMI's disk", [
    ...contentFacts({ analysis, plan }).map(({ label, value }) => ({ text: `${label}: ${value}` })),
    ...group(
      'could not be read',
      (analysis.inventory?.unread ?? []).map(({ place, reason }) => ({ text: `${place}: ${reason}` })),
    ),
  ]);
}

function findingBranch({ label, value, confidence, evidence }: FindingLine): Branch {
  return {
    text: `${label}: ${value} (${value === 'unknown' ? 'nothing settles it' : `${confidence} confidence`})`,
    below: evidence.map(evidenceBranch),
  };
}

function evidenceBranch({ from, observed, suggests, confidence, source, against }: FindingLine['evidence'][number]): Branch {
  const certainty = source === undefined ? confidence : `${confidence}, ${source}`;
  return { text: `${against ? 'against: ' : ''}${from} is ${JSON.stringify(observed)}, which says ${suggests} (${certainty})` };
}

function matchBranches(match: BaseMatch): readonly Branch[] {
  return [
    { text: `verdict: ${match.verdict} (${match.confidence} confidence)` },
    ...group(
      'bases, best first',
      match.candidates.map((candidate) => candidateBranch(candidate, candidate.base === match.chosen?.base)),
    ),
    ...group(
      'bases refused',
      match.rejected.map(({ urn, reason }) => ({ text: `${urn}: ${reason}` })),
    ),
    ...(match.vendor === undefined ? [] : [vendorBranch(match.vendor)]),
    ...group('questions', match.questions.map(questionBranch)),
  ];
}

function vendorBranch({ title, traits, offers, differences, open, checks }: VendorChoice): Branch {
  const told = Object.entries(traits).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  return {
    text: `${title}: ${told.join(', ') || 'the AMI tells no more of it'}`,
    below: [
      ...offers.map((offer) => ({
        text: `offer: ${soldOffer(offer)}${offer.generation === undefined ? '' : `, generation ${offer.generation}`}`,
      })),
      ...differences.map((difference) => ({ text: `different: ${difference}` })),
      ...open.map((question) => ({ text: `nothing tells ${question}` })),
      ...group(
        "to be confirmed before the vendor's offer takes its place",
        checks.map(({ subject, ami, confirm }) => ({ text: `${subject} (${ami}): ${confirm}` })),
      ),
    ],
  };
}

function candidateBranch(candidate: Candidate, chosen: boolean): Branch {
  const { urn, score, confidence, live, reasons, differences } = candidate;
  const notes = [`${score} points`, `${confidence} confidence`, live ? 'confirmed by ARM' : 'from the catalog, not checked with ARM'];
  return {
    text: `${chosen ? 'chosen: ' : ''}${formatUrn(urn)} (${notes.join(', ')})`,
    below: [
      ...reasons.map(({ text, points }) => ({ text: `${points < 0 ? '' : '+'}${points} ${text}` })),
      ...differences.map((difference) => ({ text: `different: ${difference}` })),
    ],
  };
}

function questionBranch({ text, options, answerWith, answer }: Question): Branch {
  const state = answer === undefined ? `answer with \`${answerWith}\`` : `answered: ${answer}`;
  return { text: `${text} (${state})`, below: options.map(({ value, consequence }) => ({ text: `${value}: ${consequence}` })) };
}

function planBranch(plan: ReportedPlan): Branch {
  const { definition, base } = plan;
  return {
    text: 'what will be done',
    below: [
      {
        text: `build with ${plan.engine} on ${plan.build.vmSize} in ${plan.location}, from ${formatUrn(base.urn)}`,
        below: [
          ...(plan.engineReason === undefined ? [] : [{ text: `${plan.engine}: ${plan.engineReason}` }]),
          ...fallbackBranches(plan.build),
        ],
      },
      {
        text: `into ${plan.gallery}/${definition.name}/${plan.version}: ${definition.generation}, ${definition.architecture}, ${plan.security}, by the ${plan.route} route`,
      },
      { text: 'steps, in order', below: plan.provisioners.map(({ phase, title }) => ({ text: `${phase}: ${title}` })) },
      ...group(
        'AWS components',
        plan.components.map(({ title, action, reason }) => ({ text: `${action} ${title}: ${reason}` })),
      ),
      ...group(
        'what replaces on Azure what AMIs of this family are known to carry',
        replacementsOf(fatesOf({ plan })).map(({ title, azure }) => ({ text: `${title}: ${azure}` })),
      ),
      ...group(
        'data volumes of the AMI, to be attached at deployment',
        plan.dataDisks.map(({ device, type, reason }) => ({ text: `${device} → ${type}: ${reason}` })),
      ),
      ...group('booted to prove it, side by side where the quota has room', plan.test.shapes.map(shapeBranch)),
      { text: `given up: ${limitsOf(plan)}` },
      ...regionBranches(plan),
      { text: `digest: ${plan.digest}` },
    ],
  };
}

function limitsOf(plan: ReportedPlan): string {
  const { build, test, timeouts } = plan;
  const replication = otherTestLocations(plan).length > 0 ? timeouts.replication : 0;
  const after = (minutes: number) => formatDuration(minutes * 60_000);
  const stages = [
    `a build after ${after(build.timeoutMinutes)}`,
    `a test VM that is not ready after ${after(test.timeoutMinutes)}`,
    `all test VMs after ${after(timeouts.validate + replication)}`,
    `publishing after ${after(timeouts.publish)}`,
    `an operation after ${after(timeouts.operation)}`,
    `one that replicates after ${after(timeouts.replication)}`,
    `a stage that reads after ${after(timeouts.read)}`,
  ];
  return stages.join(', ');
}

/** What the test costs in other regions, and in which of them the version is untried when it becomes latest. */
function regionBranches(plan: ReportedPlan): readonly Branch[] {
  const tested = otherTestLocations(plan);
  const untried = plan.regions.map(({ name }) => name).filter((name) => name !== plan.location && !tested.includes(name));
  return [
    { text: `regions: ${plan.regions.map(({ name, replicas, storage }) => `${name} (${replicas} × ${storage})`).join(', ')}` },
    ...(tested.length === 0
      ? []
      : [{ text: `replicated to ${tested.join(', ')} to be booted there, staged: the replicas are paid for also when a test fails` }]),
    ...(untried.length === 0 ? [] : [{ text: `not booted in ${untried.join(', ')} before it is latest there (\`test.regions\`)` }]),
  ];
}

function shapeBranch(shape: TestShape): Branch {
  return { text: `${vmName(shape)}${shape.reason === undefined ? '' : `: ${shape.reason}`}`, below: fallbackBranches(shape) };
}

function fallbackBranches({ fallbackSizes = [] }: { readonly fallbackSizes?: readonly string[] | undefined }): readonly Branch[] {
  return fallbackSizes.length === 0 ? [] : [{ text: `where Azure has no room, in this order: ${fallbackSizes.join(', ')}` }];
}

function issueBranch({ severity, code, message, hint }: Issue): Branch {
  return { text: `${severity} ${code}: ${message}`, below: hint === undefined ? [] : [{ text: `hint: ${hint}` }] };
}

function group(text: string, below: readonly Branch[]): readonly Branch[] {
  return below.length === 0 ? [] : [{ text, below }];
}
