import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { PROGRAM } from './command-line.ts';

/** The package as it is published, which test/published-program.ts laid out. */
const DIST = dirname(PROGRAM);

test('who installs the package gets one package: the bundle imports nothing but Node and itself', async () => {
  const scripts = (await readdir(DIST)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(scripts.map((name) => readFile(join(DIST, name), 'utf8')));
  const imported = texts.flatMap((text) => [
    ...text.matchAll(/^(?:import|export)[^'"\n]*["']([^"'\n]+)["'];?$|\bimport\(["']([^"'\n]+)["']\)/gm),
  ]);
  const others = imported.map(([, plain, lazy]) => plain ?? lazy ?? '').filter((name) => !/^(?:\.\/|node:)/.test(name));
  expect(scripts.length).toBeGreaterThan(10);
  expect(imported.length).toBeGreaterThan(50);
  expect(others.filter((name) => !builtinModules.includes(name))).toEqual([]);
  expect('dependencies' in packageFile).toBe(false);
});

test('of the SDKs of AWS it holds what is called, and not every command that there is', async () => {
  const scripts = (await readdir(DIST)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(scripts.map((name) => readFile(join(DIST, name), 'utf8')));
  const commands = texts.flatMap(
    (text) =>
      text.match(/\b(?:GetImageAncestry|GetParameter|GetSnapshotBlock|TerminateInstances|DeleteParameter|StartSnapshot)Command\b/g) ?? [],
  );
  expect(new Set(commands)).toEqual(new Set(['GetImageAncestryCommand', 'GetParameterCommand', 'GetSnapshotBlockCommand']));
});

test('the licences of the code that is in it come with it', async () => {
  const notices = await readFile(join(DIST, 'NOTICES.txt'), 'utf8');
  for (const name of ['@aws-sdk/client-ec2', '@azure/identity', 'commander', 'execa', 'handlebars', 'yaml', 'zod'])
    expect(notices).toMatch(new RegExp(`^${name} \\d[^ ]*: \\S`, 'm'));
  expect(notices).toContain('Permission is hereby granted, free of charge');
  // Dozens of packages have the Apache licence, in a handful of wordings.
  expect(notices.match(/TERMS AND CONDITIONS FOR USE/g)?.length).toBeLessThan(10);
});
