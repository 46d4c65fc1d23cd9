import { expect, test } from 'vitest';
import type { Component } from '../../src/catalog/schema.ts';
import { decideComponents } from '../../src/plan/decide-components.ts';
import { aComponent } from './a-component.ts';

const decide = (component: Partial<Component>, answers: Readonly<Record<string, 'remove' | 'keep'>> = {}) => {
  const { decisions, issues } = decideComponents('linux', [aComponent({ id: 'thing', ...component })], answers);
  return { action: decisions[0]?.action, reason: decisions[0]?.reason, issues: issues.map(({ severity, code }) => `${severity} ${code}`) };
};

test.each([
  ['remove', undefined, 'remove', 'it must not be in an Azure image: with it nobody may get into a machine', []],
  ['remove', 'keep', 'keep', 'images.yaml keeps it', ['warning COMPONENT_KEPT']],
  ['ask', undefined, 'keep', 'the workload may need it and images.yaml does not say', ['info COMPONENT_UNDECIDED']],
  ['ask', 'remove', 'remove', 'images.yaml removes it', []],
  ['ask', 'keep', 'keep', 'images.yaml keeps it', ['warning COMPONENT_KEPT']],
  ['review', undefined, 'report', 'a person decides: it is shown and left alone', []],
  ['review', 'remove', 'remove', 'images.yaml removes it', []],
  ['report', undefined, 'report', 'it is shown and never touched', []],
  ['report', 'remove', 'report', 'it is shown and never touched', ['error COMPONENT_NOT_REMOVABLE']],
  [
    'unsupported',
    undefined,
    'report',
    'nothing on Azure works with it, and an image with it is refused: with it nobody may get into a machine',
    [],
  ],
  [
    'unsupported',
    'remove',
    'report',
    'nothing on Azure works with it, and an image with it is refused: with it nobody may get into a machine',
    ['error COMPONENT_NOT_REMOVABLE'],
  ],
  ['unsupported', 'keep', 'keep', 'images.yaml keeps it', ['warning COMPONENT_KEPT']],
] as const)('policy %s answered with %s: %s, since %s', (policy, answer, action, reason, issues) => {
  expect(decide({ policy, leftover: { blocks: 'login' } }, answer ? { thing: answer } : {})).toEqual({ action, reason, issues });
});

test.each([
  ['boot', 'a machine with it may not start'],
  ['provisioning', 'Azure may not be able to set a machine up with it'],
  ['login', 'with it nobody may get into a machine'],
  ['secret', 'a secret would travel with it'],
  ['rule', "LISA or a page of Microsoft's refuses an image with it"],
] as const)('what blocks for %s is removed for that reason, and whoever keeps it is told so', (blocks, why) => {
  const component = aComponent({ id: 'thing', leftover: { blocks } });
  expect(decideComponents('linux', [component], {}).decisions[0]?.reason).toBe(`it must not be in an Azure image: ${why}`);
  expect(decideComponents('linux', [component], { thing: 'keep' }).issues).toEqual([
    { severity: 'warning', code: 'COMPONENT_KEPT', message: `components keeps 'thing', which should not be in an Azure image: ${why}` },
  ]);
});

test('what nothing on Azure works with is warned of where it does no harm', () => {
  expect(decide({ policy: 'unsupported', leftover: 'warn' })).toEqual({
    action: 'report',
    reason: 'nothing on Azure works with it: it is shown, and warned of',
    issues: [],
  });
});

test('what does no harm may be kept without a word', () => {
  expect(decide({ leftover: 'warn' }, { thing: 'keep' })).toEqual({ action: 'keep', reason: 'images.yaml keeps it', issues: [] });
});

test('a decision carries the title and what does the job on Azure', () => {
  const component = aComponent({ id: 'agent', title: 'An agent', azureEquivalent: 'Azure Monitor', leftover: 'warn' });
  expect(decideComponents('linux', [component], {}).decisions).toEqual([
    { id: 'agent', title: 'An agent', action: 'remove', reason: 'it has no use on Azure', azureEquivalent: 'Azure Monitor' },
  ]);
});

test('what the AMIs of the family are known to carry is expected', () => {
  const components = [
    aComponent({ id: 'agent', inFamilies: ['ubuntu-server'] }),
    aComponent({ id: 'other', inFamilies: ['rhel'] }),
    aComponent({ id: 'any' }),
  ];
  const expected = (family?: string) => decideComponents('linux', components, {}, { family }).decisions.map((one) => one.expected ?? false);
  expect(expected('ubuntu-server')).toEqual([true, false, false]);
  expect(expected()).toEqual([false, false, false]);
});

test('an answer for a component nobody knows is an error with its name, one for the other system is not', () => {
  const components = [aComponent({ id: 'here' }), aComponent({ id: 'win-there', os: 'windows' })];
  const { decisions, issues } = decideComponents('linux', components, { 'win-there': 'keep', 'amazon-ssm': 'remove' });
  expect(decisions.map(({ id }) => id)).toEqual(['here']);
  expect(issues).toEqual([
    {
      severity: 'error',
      code: 'COMPONENT_UNKNOWN',
      message: "components names 'amazon-ssm', which is not an AWS component that regild knows",
      hint: '`regild explain` lists the components of an image',
    },
  ]);
});

test('all open questions are one note', () => {
  const components = ['one', 'two'].map((id) => aComponent({ id, policy: 'ask' }));
  expect(decideComponents('linux', components, {}).issues.map(({ message }) => message)).toEqual(['kept if found: one, two']);
});
