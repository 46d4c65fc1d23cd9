import type { Component, Refusal } from '../catalog/schema.ts';
import { type ComponentDecision, type ImageSpec, type Inventory, type Issue, tellsOf } from '../model/index.ts';

type Answers = ImageSpec['components'];

/** What is known of the AMI beforehand. */
interface Known {
  readonly family?: string | undefined;
  readonly inventory?: Inventory | undefined;
}

/**
 * What happens to each AWS component of an operating system, from its policy and the answers in `images.yaml`, in the catalog's order.
 * A Marketplace base is free of them: what is found in the guest came with the user's own steps, so an unanswered question keeps it.
 * What was found on the AMI's disk is told with its places; where nobody looked, what AMIs of its `family` are known to carry is marked as expected. Issues: COMPONENT_UNKNOWN and COMPONENT_NOT_REMOVABLE (errors), COMPONENT_KEPT (warning), COMPONENT_UNDECIDED (info).
 */
export function decideComponents(
  os: 'linux' | 'windows',
  components: readonly Component[],
  answers: Answers,
  { family, inventory }: Known = {},
): { readonly decisions: readonly ComponentDecision[]; readonly issues: readonly Issue[] } {
  const own = components.filter((component) => component.os === os);
  const found =
    inventory && tellsOf(inventory, 'component') ? new Map(inventory.components.map((each) => [each.id, each.found])) : undefined;
  return {
    decisions: own.map((component) =>
      decide(component, {
        answer: answers[component.id],
        expected: found === undefined && family !== undefined && component.inFamilies?.includes(family) === true,
        found: found?.get(component.id),
      }),
    ),
    issues: [
      ...unknownAnswers(components, answers),
      ...own.flatMap((component) => answerIssues(component, answers[component.id])),
      ...undecided(own, answers, found),
    ],
  };
}

interface Seen {
  readonly answer: Answers[string] | undefined;
  readonly expected: boolean;
  readonly found: ComponentDecision['found'];
}

function decide(component: Component, { answer, expected, found }: Seen): ComponentDecision {
  return {
    id: component.id,
    title: component.title,
    ...choose(component, answer),
    azureEquivalent: component.azureEquivalent,
    expected: expected || undefined,
    found,
  };
}

function choose({ policy, leftover }: Component, answer: 'remove' | 'keep' | undefined): Pick<ComponentDecision, 'action' | 'reason'> {
  switch (policy) {
    case 'remove':
      return answer === 'keep' ? { action: 'keep', reason: 'images.yaml keeps it' } : { action: 'remove', reason: removalReason(leftover) };
    case 'ask':
      if (answer) return { action: answer, reason: answer === 'keep' ? 'images.yaml keeps it' : 'images.yaml removes it' };
      return { action: 'keep', reason: 'the workload may need it and images.yaml does not say' };
    case 'review':
      if (answer === 'remove') return { action: 'remove', reason: 'images.yaml removes it' };
      return { action: 'report', reason: 'a person decides: it is shown and left alone' };
    case 'report':
      return { action: 'report', reason: 'it is shown and never touched' };
    case 'unsupported':
      if (answer === 'keep') return { action: 'keep', reason: 'images.yaml keeps it' };
      return { action: 'report', reason: unsupportedReason(leftover) };
  }
}

function removalReason(leftover: Component['leftover']): string {
  if (typeof leftover === 'object') return `it must not be in an Azure image: ${REFUSALS[leftover.blocks]}`;
  switch (leftover) {
    case 'warn':
      return 'it has no use on Azure';
    case 'harmless':
      return 'it has no use on Azure and does no harm';
  }
}

/** Nobody removes it for the user: it is content that only AWS can run. */
function unsupportedReason(leftover: Component['leftover']): string {
  if (typeof leftover === 'object') return `nothing on Azure works with it, and an image with it is refused: ${REFUSALS[leftover.blocks]}`;
  return 'nothing on Azure works with it: it is shown, and warned of';
}

/** What is wrong with an image that has it, as the end of a sentence. */
const REFUSALS = {
  boot: 'a machine with it may not start',
  provisioning: 'Azure may not be able to set a machine up with it',
  login: 'with it nobody may get into a machine',
  secret: 'a secret would travel with it',
  rule: "LISA or a page of Microsoft's refuses an image with it",
} as const satisfies Readonly<Record<Refusal, string>>;

function unknownAnswers(components: readonly Component[], answers: Answers): readonly Issue[] {
  const known = new Set(components.map(({ id }) => id));
  return Object.keys(answers)
    .filter((id) => !known.has(id))
    .map((id) => ({
      severity: 'error',
      code: 'COMPONENT_UNKNOWN',
      message: `components names '${id}', which is not an AWS component that regild knows`,
      hint: '`regild explain` lists the components of an image',
    }));
}

function answerIssues({ id, policy, leftover }: Component, answer: 'remove' | 'keep' | undefined): readonly Issue[] {
  if (answer === 'remove' && (policy === 'report' || policy === 'unsupported')) {
    return [
      {
        severity: 'error',
        code: 'COMPONENT_NOT_REMOVABLE',
        message: `components asks to remove '${id}', which is only ever reported`,
        hint: 'remove it with a step of your own under `customize`',
      },
    ];
  }
  if (answer === 'keep' && typeof leftover === 'object') {
    const message = `components keeps '${id}', which should not be in an Azure image: ${REFUSALS[leftover.blocks]}`;
    return [{ severity: 'warning', code: 'COMPONENT_KEPT', message }];
  }
  return [];
}

/** Where the disk was read, only what is on it is a question. */
function undecided(components: readonly Component[], answers: Answers, found: ReadonlyMap<string, unknown> | undefined): readonly Issue[] {
  const asked = components.filter(({ id, policy }) => policy === 'ask' && !answers[id]).map(({ id }) => id);
  const ids = found === undefined ? asked : asked.filter((id) => found.has(id));
  if (ids.length === 0) return [];
  return [
    {
      severity: 'info',
      code: 'COMPONENT_UNDECIDED',
      message: `${found === undefined ? 'kept if found' : "on the AMI's disk, and kept where a step brings them along"}: ${ids.join(', ')}`,
      hint: 'answer each with `remove` or `keep` under `components`',
    },
  ];
}
