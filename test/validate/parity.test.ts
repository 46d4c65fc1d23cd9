import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { RegildError } from '../../src/errors.ts';
import { PART } from '../../src/guest/inventory-run.ts';
import { WITHOUT_PACKAGES } from '../../src/inspect/collect/content.ts';
import type { BuildPlan } from '../../src/model/index.ts';
import type { RunningVm } from '../../src/ports.ts';
import { compareVm } from '../../src/validate/parity.ts';
import { anInventory, aPackage } from '../fakes/inventory.ts';
import { aPlan } from '../fakes/values.ts';

const catalog = await loadCatalog();
const before = anInventory({
  system: { family: 'linux', id: 'debian', version: '12', kernels: [], apparmor: false, fips: false },
  packages: [aPackage('htop', { asked: true, installed: '2026-03-01T00:00:00.000Z' }), aPackage('nginx', { asked: true })],
});

/** Text that gzip makes no shorter, so that it takes several answers. */
const NOISE = Array.from({ length: 300 }, (_, index) => `kernel\t${createHash('sha256').update(String(index)).digest('hex')}`);

function linesOf(...packages: readonly string[]): string {
  const own = packages.map((name) => `package\tdeb\t${name}\t1.0-1\tamd64\tmanual`);
  return ['regild-inventory\t1', 'system\tid\tdebian', 'system\tversion\t12', ...own, ...NOISE, 'end', ''].join('\n');
}

/** A VM that answers as the script would, part by part. */
function aVm(text: string, damage = (part: string) => part): { readonly vm: RunningVm; readonly asked: string[] } {
  const packed = gzipSync(text).toString('base64');
  const asked: string[] = [];
  const run = async (script: string) => {
    const from = Number(/^# regild-inventory: (\d+)/.exec(script)?.[1]);
    asked.push(String(from));
    const head = from === 0 ? `regild-inventory\t${packed.length}\t${createHash('sha256').update(packed).digest('hex')}\n` : '';
    return { stdout: head + damage(packed.slice(from, from + PART)), stderr: '' };
  };
  return { vm: { name: 'vm', run } as unknown as RunningVm, asked };
}

function ask(policy: BuildPlan['parity']['policy'], vm: RunningVm, allow: BuildPlan['parity']['allow'] = []) {
  const plan = aPlan({ parity: { policy, allow } });
  return compareVm({ plan, before, lines: '#!/bin/sh\n', catalog, simulated: false }, vm);
}

test('a long inventory is asked for in parts, and what is missing is a loss', async () => {
  const { vm, asked } = aVm(linesOf('nginx'));
  const { parity, issues } = await ask('report', vm);
  expect(asked).toEqual(['0', '3900', '7800', '11700', '15600'].slice(0, asked.length));
  expect(asked.length).toBeGreaterThan(2);
  expect(parity?.differences.filter(({ kind }) => kind === 'package')).toEqual([
    {
      kind: 'package',
      name: 'deb:htop',
      change: 'missing',
      before: '1.0-1',
      verdict: 'unexplained',
      reason: 'the new image does not have it',
    },
  ]);
  expect(issues).toEqual([
    {
      severity: 'info',
      code: 'PARITY_LOSS',
      message: 'the AMI has what the image has not, and nobody can say why: package deb:htop',
      hint: '`customize` can bring it along, `parityAllow` says why it may be missing; `parity` says what that means',
      image: 'web',
    },
  ]);
});

test.each([
  ['report', 'info'],
  ['warn', 'warning'],
  ['block', 'error'],
] as const)('`parity: %s` makes a loss %s', async (policy, severity) => {
  const { issues } = await ask(policy, aVm(linesOf('nginx')).vm);
  expect(issues.map((issue) => issue.severity)).toEqual([severity]);
});

test('what is answered for is no loss', async () => {
  const { parity, issues } = await ask('block', aVm(linesOf('nginx')).vm, [{ item: 'package deb:ht*', reason: 'nobody uses it' }]);
  expect(issues).toEqual([]);
  expect(parity?.differences.find(({ name }) => name === 'deb:htop')).toMatchObject({
    verdict: 'explained',
    reason: 'parityAllow: nobody uses it',
  });
});

test.each([
  ['the AMI', aVm(linesOf('nginx', 'htop')).vm, { ...before, packages: [], unasked: WITHOUT_PACKAGES }, 'disk.raw'],
  ['the image', aVm(linesOf()).vm, before, 'test VM of web'],
])('packages of %s that are not known prove nothing, and are no loss', async (_, vm, ami, side) => {
  const plan = { ...aPlan(), parity: { policy: 'block', allow: [] } } as const;
  const { parity, issues } = await compareVm({ plan, before: ami, lines: '#!/bin/sh\n', catalog, simulated: false }, vm);
  expect([
    parity?.differences.filter(({ kind }) => kind === 'package'),
    issues.map(({ severity, code, message }) => [severity, code, message]),
  ]).toEqual([
    [],
    [['error', 'PARITY_UNKNOWN', `what arrived of the AMI is not known: the packages of ${side} are not known, and were not compared`]],
  ]);
});

test('where nothing is lost nothing is said', async () => {
  expect((await ask('block', aVm(linesOf('nginx', 'htop')).vm)).issues).toEqual([]);
});

test.each([
  ['damaged on the way', aVm(linesOf('nginx'), (part) => part.replace('A', 'B')).vm, 'the inventory of the test VM arrived damaged'],
  ['cut', aVm(linesOf('nginx'), (part) => part.slice(1)).vm, 'the inventory of the test VM arrived damaged'],
  [
    'nothing that is one',
    { run: async () => ({ stdout: '', stderr: 'sh: gzip: not found\n' }) } as unknown as RunningVm,
    'the test VM gave no inventory: sh: gzip: not found',
  ],
  [
    'refused by Azure',
    {
      run: async () => {
        throw new RegildError('CLOUD_DENIED', 'runCommand is not allowed');
      },
    } as unknown as RunningVm,
    'runCommand is not allowed',
  ],
])('an inventory that is %s proves nothing', async (_, vm, reason) => {
  const told = async (policy: BuildPlan['parity']['policy']) => {
    const { parity, issues } = await ask(policy, vm);
    return [parity, issues.map(({ severity, code, message }) => [severity, code, message])];
  };
  const message = `what arrived of the AMI is not known: ${reason}`;
  expect(await told('report')).toEqual([undefined, [['warning', 'PARITY_UNKNOWN', message]]]);
  expect(await told('block')).toEqual([undefined, [['error', 'PARITY_UNKNOWN', message]]]);
});

test('an AMI whose disk was not read is compared with nothing, and what the image holds is told all the same', async () => {
  const plan = aPlan();
  const question = { plan, before: undefined, lines: '#!/bin/sh\n', catalog, simulated: false };
  const { inventory, parity, issues } = await compareVm(question, aVm(linesOf('nginx')).vm);
  expect([inventory?.packages.map(({ name }) => name), inventory?.source.name, parity, issues]).toEqual([
    ['nginx'],
    'test VM of web',
    undefined,
    [],
  ]);
  const mute = { run: async () => ({ stdout: '', stderr: 'sh: gzip: not found\n' }) } as unknown as RunningVm;
  const untold = await compareVm(question, mute);
  expect([untold.inventory, untold.issues.map(({ severity, code, message }) => [severity, code, message])]).toEqual([
    undefined,
    [
      [
        'info',
        'INVENTORY_UNKNOWN',
        'what the image holds is not kept with its version: the test VM gave no inventory: sh: gzip: not found',
      ],
    ],
  ]);
});
