import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toAmi } from '../../src/adapters/aws/to-ami.ts';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import type { Wishes } from '../../src/match/index.ts';
import type { Analysis, BaseMatch, VendorChoice } from '../../src/model/index.ts';
import { REAL_AMIS } from '../survey/real-amis.ts';
import { ami, CATALOG, found, matched, TODAY } from './told.ts';

/*
 * Everything that match says of many AMIs, each sentence once and without the names and numbers in it: whoever changes a rule or a text sees in one file
 * what people will read. Renewed with `npx vitest run test/match -u`.
 */

const REAL: readonly Analysis[] = REAL_AMIS.map(({ image: record }) => ({
  kind: 'Analysis',
  schemaVersion: 1,
  image: 'web',
  ...judgeAmi(toAmi(record, 'us-east-1'), [], CATALOG, TODAY),
}));

/** What no public AMI happens to be. */
const MADE: readonly Analysis[] = [
  ami(undefined, undefined),
  ami('ubuntu', undefined, { amiFamily: found('ubuntu') }),
  ami('ubuntu', '24.04', { architecture: found(undefined) }),
  ami('ubuntu', '23.10'),
  ami('ubuntu', '4.10'),
  ami('ubuntu', '99.04'),
  ami('debian', '3'),
  ami('haiku', '1'),
  ami('rhel', '9.99', { licence: found('payg' as const) }),
  ami('macos', '14', { osFamily: found('macos' as const) }),
].map((analysis) => ({ ...analysis, image: 'web' }));

const WISHES: readonly Partial<Wishes>[] = [
  { licence: 'byos' },
  { licence: 'payg' },
  { licence: 'free' },
  { generation: 'V1' },
  { security: 'TrustedLaunch' },
  { controllers: ['NVMe'] },
  { accept: { successor: ['ubuntu-24.04', 'rhel-9'], without: ['pro'], source: ['source-deprecated'] } },
  { base: 'Canonical:ubuntu-24_04-lts:server' },
  { base: 'contoso:own:image:1.0.0' },
  { base: 'no urn' },
] as const;

/** One of each system, for which every wish is tried. */
const SYSTEMS = [...Map.groupBy(REAL, ({ distro }) => `${distro.value}`).values()].flatMap(([first]) => first ?? []);

const NAMES = new Map<string, string>([
  ...CATALOG.releases.map(({ title }) => [title, 'RELEASE'] as const),
  ...CATALOG.releases.map(({ distro }) => [distro, 'DISTRO'] as const),
]);
const NAME = new RegExp(
  `(?<![\\w.-])(?:${[...NAMES.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[.+()]/g, '\\$&'))
    .join('|')})(?![\\w-])`,
  'g',
);

/** What the catalog says word for word. */
const FACTS = CATALOG.releases.flatMap(({ successors }) => successors.flatMap(({ differences }) => differences));

function withoutNames(sentence: string): string {
  return sentence
    .replaceAll(/\b[\w.-]+:[\w.-]+:[\w.-]+/g, 'URN')
    .replaceAll(/\bami-\w+/g, 'AMI')
    .replaceAll(NAME, (name) => NAMES.get(name) ?? name)
    .replaceAll(/(?<![A-Z_])-?\d+(?:[.-]\d+)*/g, '#');
}

test('what match says', async () => {
  const matches = [
    ...REAL.map((analysis) => matched(analysis)),
    ...[...SYSTEMS, ...MADE].flatMap((analysis) => WISHES.map((wishes) => matched(analysis, wishes))),
  ];
  const lines = [...new Set(matches.flatMap(sentences))].toSorted();
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'sentences.txt'));
});

function sentences(match: BaseMatch): readonly string[] {
  const reasons = match.candidates.flatMap(({ reasons: own }) => own);
  // Points are what the ranking is made of: they stay as they are.
  return [...reasons.map(({ code, text, points }) => `reason ${code} ${withoutNames(text)} ${points}`), ...others(match).map(withoutNames)];
}

function others({ candidates, rejected, vendor, questions, issues, verdict, confidence, chosen }: BaseMatch): readonly string[] {
  return [
    `verdict ${verdict} ${confidence} ${chosen ? 'chosen' : 'none'}`,
    ...(chosen ? [`chosen ${chosen.distro} ${chosen.version} ${chosen.generation} ${chosen.licence} ${chosen.confidence}`] : []),
    ...candidates.flatMap(({ differences }) => differences.filter((text) => !FACTS.includes(text)).map((text) => `difference ${text}`)),
    ...rejected.map(({ reason }) => `rejected ${reason}`),
    ...questions.flatMap(({ code, text, options, answerWith, answer }) => [
      `question ${code} ${text} [${answerWith}] ${answer ?? ''}`.trimEnd(),
      ...options.map(
        ({ value, consequence }) => `option ${code} ${value}: ${FACTS.reduce((text, fact) => text.replace(fact, 'FACT'), consequence)}`,
      ),
    ]),
    ...issues.map(
      ({ severity, code, message, hint }) => `${severity} ${code} ${message}; ${severity === 'question' ? hint?.split(': ')[0] : hint}`,
    ),
    ...(vendor ? ofVendor(vendor) : []),
  ];
}

function ofVendor({ title, offers, differences, open, checks }: VendorChoice): readonly string[] {
  return [
    `vendor ${title}: ${offers.map(({ publisher, offer, sku, generation }) => `${publisher}:${offer}:${sku} ${generation}`).join(', ')}`,
    ...differences.map((text) => `vendor differs ${text}`),
    ...open.map((text) => `vendor asks ${text}`),
    ...checks.map(({ subject, ami: seen, confirm }) => `vendor check ${subject}: ${seen}; ${confirm}`),
  ];
}
