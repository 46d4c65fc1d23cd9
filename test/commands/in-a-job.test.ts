import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inFolder } from './command-line.ts';
import { answer } from './in-process.ts';

const SUBSCRIPTION = '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f';
const SECRET = 'hunter2-hunter2-hunter2';
const FLEET = `version: 1
defaults:
  target: { subscription: ${SUBSCRIPTION}, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
  engine: image-builder
  build: { identity: /subscriptions/${SUBSCRIPTION}/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder }
images:
  hostile: { source: { ami: ami-0d8f707e38a9c6d7b, region: eu-west-1 }, base: 'Canonical:ubuntu-24_04-lts:server' }
`;
const FAST = { REGILD_SANDBOX_SPEED: '5000', MY_TOKEN: SECRET };

test('GitHub: the progress is folded, the summary holds what was there before and the report, and no mask says a secret', () =>
  inFolder({ 'images.yaml': FLEET, 'summary.md': 'before\n' }, async (folder) => {
    const environment = { ...FAST, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
    const { code, stdout, stderr } = await answer(['build', '--json'], { folder, environment });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'Report' });
    expect(stderr.match(/^::(?:group|endgroup|add-mask)::.*$/gm)).toEqual(['::group::regild build: hostile', '::endgroup::']);
    const summary = readFileSync(join(folder, 'summary.md'), 'utf8');
    expect(summary).toMatch(/^before\n## regild build\n/);
    expect(summary).toContain('### hostile: published');
    expect(summary + stdout + stderr).not.toContain(SECRET);
  }));

test('Azure: the summary is a file of the job, and one command names it', () =>
  inFolder({ 'images.yaml': FLEET }, async (folder) => {
    mkdirSync(join(folder, 'tmp; x'));
    const environment = { ...FAST, TF_BUILD: 'True', AGENT_TEMPDIRECTORY: join(folder, 'tmp; x') };
    const { stderr } = await answer(['plan'], { folder, environment });
    const commands = stderr.match(/^##vso\[task\.(?:uploadsummary|setsecret)\].*$/gm) ?? [];
    const [, path = ''] = commands[0]?.split(']') ?? [];
    expect(commands).toEqual([`##vso[task.uploadsummary]${path}`]);
    expect(readFileSync(path, 'utf8')).toMatch(/^## regild plan\n/);
    expect(stderr.match(/^##\[(?:end)?group\].*$/gm)).toEqual(['##[group]regild plan: hostile', '##[endgroup]']);
  }));

test('GitLab: a section, and issues of the manifest as a code quality report', () =>
  inFolder({ 'images.yaml': FLEET.replace('ami-0d8f707e38a9c6d7b', 'ami-1') }, async (folder) => {
    const environment = { GITLAB_CI: 'true' };
    const quality = () => JSON.parse(readFileSync(join(folder, '.regild/gl-code-quality-report.json'), 'utf8')) as unknown;
    expect((await answer(['check'], { folder, environment })).code).toBe(2);
    expect(quality()).toMatchObject([{ check_name: 'VALUE_INVALID', location: { path: 'images.yaml', lines: { begin: 7 } } }]);
    writeFileSync(join(folder, 'images.yaml'), FLEET);
    const { stderr } = await answer(['plan'], { folder, environment: { ...FAST, ...environment } });
    expect(stderr).toMatch(/section_start:\d+:[\w-]+\r.\[0Kregild plan: hostile\n[\s\S]*section_end:/);
    expect((await answer(['check'], { folder, environment })).code).toBe(0);
    expect(quality()).toEqual([]);
  }));

test('a build that cannot begin is told in the summary, and one that cannot be written is said and changes nothing', () =>
  inFolder({ 'images.yaml': 'version: 2\n' }, async (folder) => {
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
    expect((await answer(['build'], { folder, environment })).code).toBe(2);
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('VALUE\\_INVALID');
    const { code, stderr } = await answer(['build'], { folder, environment: { ...environment, GITHUB_STEP_SUMMARY: folder } });
    expect([code, stderr]).toEqual([2, expect.stringContaining('note        the summary of the job could not be written: EISDIR')]);
  }));
