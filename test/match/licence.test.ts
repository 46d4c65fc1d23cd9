import { describe, expect, test } from 'vitest';
import type { Licence } from '../../src/model/index.ts';
import { ami, found, image, issuesOf, matched } from './told.ts';

const PAYG = { licence: found('payg' as const) };
const WINDOWS = { ...PAYG, osFamily: found('windows' as const) };

describe('licence questions', () => {
  test('a free system on a free base raises none', () => {
    expect(matched(ami('debian', '13')).questions).toEqual([]);
  });

  test('an answer for a fleet does not turn a free system into a billed one', () => {
    const free = ami('centos', '8', { licence: found('free' as const) });
    const { candidates, questions } = matched(free, { licence: 'payg' });
    expect(candidates.slice(0, 2).map(({ distro, licence }) => ({ distro, licence }))).toEqual([
      { distro: 'almalinux', licence: 'free' },
      { distro: 'almalinux', licence: 'free' },
    ]);
    expect(questions.map(({ code }) => code)).toEqual(['SUCCESSOR_CHOICE']);
  });

  test('RHEL asks with its options, and the answer is one line in images.yaml', () => {
    const { questions, issues } = matched(ami('rhel', '9.4', PAYG));
    expect(questions.map(({ options, ...question }) => ({ ...question, options: options.map(({ value }) => value) }))).toEqual([
      {
        code: 'LICENCE_CHOICE',
        text: 'Who supplies the Red Hat subscription of the machines made from this image?',
        options: ['payg', 'byos'],
        answerWith: 'licence',
        answer: undefined,
      },
    ]);
    expect(issues.map(({ severity, code, message }) => ({ severity, code, message }))).toEqual([
      {
        severity: 'question',
        code: 'LICENCE_CHOICE',
        message: 'who supplies the Red Hat subscription of the machines made from this image?',
      },
    ]);
    expect(issues[0]?.hint).toMatch(/^set `licence:` for web in images.yaml: payg = Azure bills .* byos = Your own /);
  });

  test('an answer ends the question and moves the base', () => {
    const match = matched(ami('rhel', '9.6', PAYG), { licence: 'byos' });
    expect([match.questions[0]?.answer, issuesOf(match), match.candidates.slice(0, 2).map(image)]).toEqual([
      'byos',
      [],
      ['RedHat:rhel-byos:rhel-lvm9-gen2', 'RedHat:RHEL:9-lvm-gen2'],
    ]);
  });

  test('an answer meant for the rest of the fleet does not make a free system paid', () => {
    const first = (licence: Licence) => matched(ami('amazon-linux', '2023'), { licence }).candidates.map(image)[0];
    expect([first('payg'), first('byos')]).toEqual(Array(2).fill('almalinux:almalinux-x86_64:9-gen2'));
  });

  test('an answer that is no option is told so', () => {
    expect(matched(ami('rhel', '9.4', PAYG), { licence: 'free' }).issues[0]?.message).toBe(
      'licence free is no answer here: who supplies the Red Hat subscription of the machines made from this image?',
    );
  });

  test('Windows that is brought along keeps the same image', () => {
    const first = (licence: Licence) =>
      matched(ami('windows-server', '2022', { ...WINDOWS, licence: found(licence) })).candidates.map(image)[0];
    expect([first('payg'), first('byos')]).toEqual(Array(2).fill('MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2'));
  });

  test('SQL Server is a question of its own beside Windows', () => {
    const match = matched(ami('windows-server', '2022', { ...WINDOWS, variant: found('sql-2022-standard') }));
    expect(match.questions.map(({ text }) => text)).toEqual([
      'Who supplies the SQL Server licence of the machines made from this image?',
      'Who supplies the Windows Server licence of the machines made from this image?',
    ]);
  });

  test.each([
    ['windows-server', '2016', 'MicrosoftSQLServer:sql2017-ws2016:SQLDEV', ['Windows Server licence']],
    ['windows-server', '2019', 'MicrosoftSQLServer:sql2017-ws2019:SQLDEV', ['Windows Server licence']],
    ['rhel', '8.8', 'MicrosoftSQLServer:sql2019-rhel8:sqldev', ['Red Hat subscription']],
    ['windows-server', '2016', 'MicrosoftSQLServer:sql2017-ws2016:standard', ['SQL Server licence', 'Windows Server licence']],
  ])('an edition of SQL Server that is free asks for no licence of it: %s %s on %s', (distro, version, base, asked) => {
    const { questions } = matched(ami(distro, version, distro === 'rhel' ? PAYG : WINDOWS), { base });
    expect(questions.map(({ text }) => text.replace(/^Who supplies the (.*) of the machines.*$/, '$1'))).toEqual(asked);
  });

  test('who brings Ubuntu Pro along, or gives it up, gets the free image', () => {
    const first = (licence: Licence) =>
      matched(ami('ubuntu', '24.04', { ...PAYG, variant: found('pro') }), { licence }).candidates.map(image)[0];
    expect([first('payg'), first('byos'), first('free')]).toEqual([
      'Canonical:ubuntu-24_04-lts:ubuntu-pro',
      'Canonical:ubuntu-24_04-lts:server',
      'Canonical:ubuntu-24_04-lts:server',
    ]);
  });

  test('a paid rebase target asks although the AMI was free', () => {
    expect(matched(ami('amazon-linux', '2023'), { base: 'RedHat:RHEL:9-lvm-gen2' }).questions.map(({ code }) => code)).toEqual([
      'LICENCE_CHOICE',
    ]);
  });

  test('a subscription that is brought along is warned of', () => {
    expect(issuesOf(matched(ami('rhel', '9.6', { licence: found('byos' as const) }), { licence: 'byos' }))).toEqual(['warning BYOS_PLAN']);
  });
});
