import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';

const catalog = await loadCatalog();
const scripts = new URL('../../scripts/', import.meta.url);

const functionsIn = async (file: string, pattern: RegExp) =>
  [...(await readFile(new URL(file, scripts), 'utf8')).matchAll(pattern)].map(([, name = '']) => name.replaceAll('_', '-')).toSorted();

test.each([
  ['linux', 'linux/checks.sh', /^check_([a-z0-9_]+)\(\)/gm],
  ['windows', 'windows/checks.ps1', /^function check_([a-z0-9_]+)/gm],
] as const)('every check of %s is a function of its script, and every such function is a check', async (os, file, pattern) => {
  const ids = catalog.checks.filter((check) => check.os === os).map(({ id }) => id);
  expect(await functionsIn(file, pattern)).toEqual(ids.toSorted());
});

test('all 107 components are there, each with what does its job on Azure', () => {
  expect(catalog.components.filter(({ os }) => os === 'linux')).toHaveLength(71);
  expect(catalog.components.filter(({ os }) => os === 'windows')).toHaveLength(36);
  expect(catalog.components.filter(({ azureEquivalent }) => !azureEquivalent)).toEqual([]);
});

test('what is only reported is never changed', () => {
  const touched = catalog.components.filter(
    ({ policy, removePaths, edits = [], uninstallers = [] }) =>
      (policy === 'report' || policy === 'block-unsupported') && removePaths.length + edits.length + uninstallers.length > 0,
  );
  expect(touched.map(({ id }) => id)).toEqual([]);
});

/** A folder of the system, or a path that is relative or climbs. A leading `~/` is every home. */
function tooWide(path: string): boolean {
  const depth = path.replace(/\/$/, '').split('/').length - 1;
  const ownRoot = ['/swap', '/swap-hibinit', '/greengrass'].includes(path);
  return (
    !/^(\/|~\/)[^\s;&|$`<>]+$/.test(path) ||
    path.includes('..') ||
    (depth < 2 && !ownRoot && !path.startsWith('~/')) ||
    /^\/[a-z]+\/\*$/.test(path)
  );
}

test('removed paths on Linux are absolute and never a folder of the system', () => {
  const paths = catalog.components.filter(({ os }) => os === 'linux').flatMap(({ removePaths }) => removePaths);
  expect(paths.filter(tooWide)).toEqual([]);
});

test('removed paths on Windows start at a known folder and go below it', () => {
  const paths = catalog.components.filter(({ os }) => os === 'windows').flatMap(({ removePaths }) => removePaths);
  expect(paths.filter((path) => !/^%[A-Za-z()0-9]+%\\[^\\]+/.test(path))).toEqual([]);
});

test('patterns for Windows are expressions that .NET and JavaScript read alike', () => {
  const own = catalog.components.filter(({ os }) => os === 'windows');
  const patterns = own.flatMap(({ detect, edits = [] }) => [...(detect.contents ?? []), ...edits].map(({ pattern }) => pattern));
  const values = own.flatMap(({ detect }) => detect.registry.map((entry) => entry.split('=').slice(1).join('=')));
  expect([...patterns, ...values].filter((pattern) => !compiles(pattern))).toEqual([]);
});

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}
