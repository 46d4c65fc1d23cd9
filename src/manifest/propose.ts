import { Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { RegildError } from '../errors.ts';
import type { Proposal, ProposedStep } from '../model/index.ts';

/** The keys of an entry that a proposal fills, as YAML with the evidence as comments. Ends with a line feed. */
export function proposalYaml({ steps, components }: Pick<Proposal, 'steps' | 'components'>, indent = 0): string {
  const parts = [
    ...(components.length === 0
      ? []
      : [
          'components:',
          ...components.flatMap(({ id, answer, found }) => [comment(`found: ${found.slice(0, 3).join('; ')}`), `  ${key(id)}: ${answer}`]),
        ]),
    ...(steps.length === 0 ? [] : ['customize:', ...steps.flatMap(stepLines)]),
  ];
  return parts.map((line) => `${' '.repeat(indent)}${line}\n`).join('');
}

/** One item of `customize:` with two spaces before it. */
function stepLines(step: ProposedStep): readonly string[] {
  switch (step.kind) {
    case 'packages':
      return [
        '  - packages:',
        ...step.packages.flatMap(({ name, was, relation, note, confidence, evidence }) => [
          comment(
            `${confidence} confidence: ${evidence.join('; ')}${relation === 'same' ? '' : `; it was called ${was}`}${note === undefined ? '' : `; ${note}`}`,
            6,
          ),
          `      - ${scalar(name)}`,
        ]),
      ];
    case 'file':
      return [
        comment(`${step.bytes} bytes, ${step.evidence.join('; ')}`),
        `  - file: { from: ${scalar(step.from)}, to: ${scalar(step.path)} }`,
      ];
    case 'shell':
    case 'powershell':
      return [
        comment(`${step.confidence} confidence: ${step.evidence.join('; ')}`),
        `  - ${step.kind}:`,
        ...step.lines.map((line) => `      - ${scalar(line)}`),
      ];
  }
}

/** A comment on a line of its own. What is in it may come from a stranger's disk: a line break would end the comment. */
export function comment(text: string, indent = 2): string {
  return `${' '.repeat(indent)}# ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')}`;
}

/** A value on one line that YAML reads back as the same text: in double quotes, unless it is plain in every context. */
export function scalar(text: string): string {
  return /^[A-Za-z/][A-Za-z0-9_./@+-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null)$/i.test(text)
    ? text
    : JSON.stringify(text.replaceAll('${', () => '$${'));
}

function key(id: string): string {
  return scalar(id);
}

/**
 * The text of a manifest with a proposal put into one image's entry. Only lines are added: every other byte stays as it is, and what the entry holds
 * already is not added again. Throws IMAGE_UNKNOWN and MANIFEST_INVALID, the latter also where the entry is written in one line.
 */
export function writeProposal(text: string, file: string, image: string, proposal: Pick<Proposal, 'steps' | 'components'>): string {
  const document = parseDocument(text);
  const entry = document.getIn(['images', image], true);
  if (entry === undefined)
    throw new RegildError('IMAGE_UNKNOWN', `${file} has no image ${image}`, { hint: 'write an entry with its source first' });
  if (document.errors.length > 0 || !isMap(entry) || entry.flow) {
    throw new RegildError('MANIFEST_INVALID', `the entry ${image} of ${file} cannot be added to as it is written`, {
      hint: 'write its keys on lines of their own',
    });
  }
  const steps = missingSteps(entry, proposal.steps);
  const components = proposal.components.filter(({ id }) => !entry.hasIn(['components', id]));
  const insertions = [
    insertion(text, entry, 'components', { steps: [], components }),
    insertion(text, entry, 'customize', { steps, components: [] }),
  ];
  return insertions
    .flatMap((found) => found ?? [])
    .sort((left, right) => right.at - left.at)
    .reduce((written, { at, lines }) => `${written.slice(0, at)}${atLineStart(written, at) ? '' : '\n'}${lines}${written.slice(at)}`, text);
}

function atLineStart(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n';
}

interface Insertion {
  readonly at: number;
  readonly lines: string;
}

/** Where the lines of one key go: behind the last item of a list or mapping that is there, or behind the entry's last line. */
function insertion(
  text: string,
  entry: YAMLMap,
  name: 'components' | 'customize',
  part: Pick<Proposal, 'steps' | 'components'>,
): Insertion | undefined {
  if (part.steps.length + part.components.length === 0) return undefined;
  const existing = entry.get(name, true);
  const holds = (isMap(existing) || isSeq(existing)) && !existing.flow && existing.items.length > 0;
  if (existing !== undefined && !holds) {
    throw new RegildError('MANIFEST_INVALID', `\`${name}\` is not a list or mapping of lines of their own`, {
      hint: `write the items of \`${name}\` one to a line`,
    });
  }
  const node = holds ? existing : entry;
  const at = endOfContent(text, node.range?.[1] ?? text.length);
  const indent = columnOf(text, firstOffset(node));
  const lines = proposalYaml(part, holds ? Math.max(0, indent - 2) : indent);
  return { at, lines: holds ? lines.slice(lines.indexOf('\n') + 1) : lines };
}

/** Offset of the first character of a mapping or list: its first key, or the dash. */
function firstOffset(node: { readonly range?: readonly [number, number, number] | null | undefined }): number {
  return node.range?.[0] ?? 0;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The start of the line behind the last line that holds something of the value; comments and blank lines below it belong to what follows. */
function endOfContent(text: string, end: number): number {
  const last = text.slice(0, end).trimEnd().length;
  const line = text.indexOf('\n', last);
  return line < 0 ? text.length : line + 1;
}

/** Steps that the entry does not have word by word. */
function missingSteps(entry: YAMLMap, steps: Proposal['steps']): Proposal['steps'] {
  const existing = entry.get('customize', true);
  const known = isSeq(existing) ? existing.items.map((item) => JSON.stringify(plain(item))) : [];
  return steps.filter((step) => !known.includes(JSON.stringify(plainStep(step))));
}

function plainStep(step: ProposedStep): unknown {
  const parsed: unknown = parseDocument(proposalYaml({ steps: [step], components: [] })).getIn(['customize', 0]);
  return plain(parsed);
}

function plain(node: unknown): unknown {
  return new Document(node).toJS();
}
