import { formatUrn, type Issue, type Question } from '../model/index.ts';
import { ownName } from './differences.ts';
import { lossesOn } from './losses.ts';
import type { Source, Wishes } from './option.ts';
import { type Ranked, type Ranking, urnKey } from './rank.ts';
import { supportState } from './releases.ts';

/** What stands before the user when a base was chosen. */
interface Choice {
  readonly chosen: Ranked;
  readonly ranking: Ranking;
  readonly source: Source;
  readonly wishes: Wishes;
  /** ISO date. */
  readonly today: string;
}

/** What the base changes that people rely on or pay for: another release or distribution, a product that it lacks. Who names a base has decided. */
export function changeQuestions(choice: Choice): readonly Question[] {
  return choice.wishes.base === 'auto' ? [...successorQuestion(choice), ...productQuestion(choice)] : [];
}

function successorQuestion({ chosen, ranking, source, wishes, today }: Choice): readonly Question[] {
  const { road, release } = chosen.option;
  if (road.kind !== 'successor') return [];
  const next = ranking.ranked.filter(({ option }) => option.road.kind === 'successor');
  return [
    {
      code: 'SUCCESSOR_CHOICE',
      text: `The AMI's ${ownName(source)} ${reasonToLeave(source, today)}: ${release.title}${until(chosen)} is to take its place`,
      options: [chosen, ...next.filter(({ option }) => option.release.id !== release.id)].map((ranked) => ({
        value: ranked.option.release.id,
        consequence: `${urnKey(ranked.option)}${until(ranked)}: ${changesOf(ranked)}`,
      })),
      answerWith: 'accept.successor',
      answer: wishes.accept.successor.find((id) => id === release.id),
    },
  ];
}

function reasonToLeave({ release, listed }: Source, today: string): string {
  if (release === undefined || !listed) return 'is not in the catalog';
  if (!release.onAzure) return 'is not offered on Azure';
  const { standard } = release.support;
  const state = supportState(release.support, today);
  return state === 'standard' || state === 'unstated' ? 'has no base that fits' : `left standard support on ${standard}`;
}

function until({ option: { release } }: Ranked): string {
  return release.support.standard === undefined ? '' : ` (in standard support until ${release.support.standard})`;
}

function changesOf({ option: { road } }: Ranked): string {
  return road.kind === 'successor' && road.differences.length > 0 ? road.differences.join('; ') : 'another release';
}

function productQuestion({ chosen, source, wishes }: Choice): readonly Question[] {
  const lost = lossesOn(chosen.option.base, source);
  if (lost.length === 0) return [];
  const open = lost.filter(({ word }) => !wishes.accept.without.includes(word));
  const asked = open.length > 0 ? open : lost;
  return [
    {
      code: 'PRODUCT_CHOICE',
      text: `The AMI is ${asked.map(({ word }) => word).join(', ')}, the base ${formatUrn(chosen.candidate.urn)} is not: is the image wanted without?`,
      options: asked.map(({ word, consequence }) => ({ value: word, consequence })),
      answerWith: 'accept.without',
      answer: open.length > 0 ? undefined : lost.map(({ word }) => word).join(', '),
    },
  ];
}

/** One blocking issue for each change that the user has not agreed to. */
export function unagreed(questions: readonly Question[], image: string): readonly Issue[] {
  return questions
    .filter(({ answer }) => answer === undefined)
    .map(({ code, text, options, answerWith }) => ({
      severity: 'question',
      code,
      message: text.slice(0, 1).toLowerCase() + text.slice(1),
      hint: `set \`${answerWith}\` for ${image} in images.yaml, or under \`defaults\` for all: ${options.map(({ value, consequence }) => `${value} = ${consequence}`).join(' · ')}; or name another \`base:\``,
      image,
    }));
}
