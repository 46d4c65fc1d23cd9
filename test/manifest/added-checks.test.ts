import { expect, test } from 'vitest';
import { parseManifest } from '../../src/manifest/index.ts';
import { fleetOf, told } from './told.ts';

const web = (check: string) => fleetOf(`  web:\n    checks:\n      add:\n        - ${check}\n`);

test('a check of the user has every default filled in', () => {
  const { specs, issues } = parseManifest(web("{ id: app-answers, title: it answers, shell: ['true'] }"), 'images.yaml', {});
  expect(issues).toEqual([]);
  expect(specs[0]?.checks.add).toEqual([
    { id: 'app-answers', title: 'it answers', shell: 'shell', lines: ['true'], when: ['test-vm'], severity: 'block', timeoutSeconds: 60 },
  ]);
});

test('or says it all', () => {
  const check = '{ id: app, title: t, powershell: { script: a.ps1 }, when: [guest, restarted], severity: warn, timeoutSeconds: 5 }';
  expect(parseManifest(web(check), 'images.yaml', {}).specs[0]?.checks.add).toEqual([
    { id: 'app', title: 't', shell: 'powershell', script: 'a.ps1', when: ['guest', 'restarted'], severity: 'warn', timeoutSeconds: 5 },
  ]);
});

test.each([
  ["{ id: App, title: t, shell: ['x'] }", 'a check is named with'],
  ["{ id: app, title: t, shell: ['x'], powershell: ['x'] }", 'a check is written for one shell'],
  ['{ id: app, title: t }', 'a check is written for one shell'],
  ["{ id: app, title: t, shell: ['x'], timeoutSeconds: 601 }", 'a check takes 1 to 600 seconds'],
  ["{ id: app, title: t, shell: ['x'], when: [final] }", 'when'],
  ["{ id: app, title: t, shell: ['x'], when: [] }", 'say when it runs, or leave the key out'],
])('%s is refused', (check, why) => expect(told(web(check)).join('\n')).toContain(why));
