import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SANDBOX_SUBSCRIPTION } from '../../src/commands/clouds.ts';
import { placeOf } from '../../src/commands/inspect-ami.ts';
import { Inventory } from '../../src/model/index.ts';
import { anInventory, aPackage } from '../fakes/inventory.ts';
import { ROOT } from './command-line.ts';
import { fakeIo } from './fake-io.ts';
import { answer } from './in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'regild-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const DPKG = 'Package: dpkg\nStatus: install ok installed\nVersion: 1.22\nEssential: yes\n';

test('a folder, the inventory that was saved of it, and what is neither', async () => {
  write('root/etc/os-release', 'ID=debian\nVERSION_ID="12"\n');
  write('root/var/lib/dpkg/status', DPKG);
  write('root/opt/shop/run', 'hello\n');
  const first = await answer(['inspect', 'root', '--json'], { folder });
  const inventory = Inventory.parse(JSON.parse(first.stdout));
  expect(inventory.content.map(({ path, origin }) => [path, origin])).toEqual([
    ['/etc/os-release', 'generated'],
    ['/opt/shop/run', 'unowned'],
  ]);
  write('saved.json', first.stdout);
  const second = await answer(['inspect', 'saved.json', '--json'], { folder });
  expect(JSON.parse(second.stdout)).toEqual(JSON.parse(first.stdout));
  write('images.yaml', 'version: 1\nimages:\n  shop:\n    engine: packer\n');
  const proposed = await answer(['inspect', 'root', '--write', 'shop'], { folder });
  expect([proposed.code, proposed.stdout.split('\n')[0]]).toEqual([0, 'images.yaml: added to shop; 1 files in content/shop']);
  expect(readFileSync(join(folder, 'content/shop/opt/shop/run'), 'utf8')).toBe('hello\n');
  expect(readFileSync(join(folder, 'images.yaml'), 'utf8')).toContain(
    '    customize:\n      # 6 bytes, no package brought it\n      - file:',
  );
  const again = await answer(['inspect', 'root', '--write', 'shop'], { folder });
  expect(again.stdout.split('\n')[0]).toBe('images.yaml: nothing to add to shop; 1 files in content/shop');
  const compared = await answer(['inspect', 'root', '--against', 'saved.json', '--json'], { folder });
  expect(JSON.parse(compared.stdout).differences).toEqual([]);
  const changed = { ...inventory, content: inventory.content.filter(({ path }) => path !== '/opt/shop/run') };
  write('other.json', JSON.stringify(changed));
  const differing = await answer(['diff', 'saved.json', 'other.json', '--json'], { folder });
  expect(JSON.parse(differing.stdout).differences.map(({ change, name }: Record<string, string>) => [change, name])).toEqual([
    ['missing', '/opt/shop/run'],
  ]);
  const alone = await answer(['diff', 'saved.json'], { folder });
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('saved.json is compared with nothing')]);
  write('empty.raw', 'x'.repeat(4096));
  const third = await answer(['inspect', 'empty.raw'], { folder });
  expect([third.code, third.stderr]).toEqual([2, expect.stringContaining('FILE_INVALID: empty.raw: there is no system on it')]);
  const fourth = await answer(['inspect', 'nothing.raw'], { folder });
  expect([fourth.code, fourth.stderr]).toEqual([2, expect.stringContaining('FILE_NOT_FOUND: there is no file or folder nothing.raw')]);
});

test('what the image was made from is evidence: what it has not was added, and its own additions are carried too', async () => {
  const packages = (...names: readonly string[]) => names.map((name) => ({ manager: 'deb', name, version: '1', reason: 'manual' }));
  write('made/etc/os-release', 'ID=debian\nVERSION_ID="12"\n');
  write('made/var/lib/dpkg/status', DPKG);
  const made = JSON.parse((await answer(['inspect', 'made', '--json'], { folder })).stdout);
  const asked = packages('nginx').map((each) => ({ ...each, asked: true }));
  write('base.json', JSON.stringify({ ...made, source: { ...made.source, name: 'base' }, packages: [...packages('vim'), ...asked] }));
  write('golden.json', JSON.stringify({ ...made, packages: packages('htop', 'nginx', 'vim') }));
  const words = ['inspect', 'golden.json', '--propose', '--json'];
  expect(JSON.parse((await answer(words, { folder })).stdout).steps).toEqual([]);
  const proposed = await answer([...words, '--ancestor', 'base.json'], { folder });
  expect(
    JSON.parse(proposed.stdout).steps.map(({ packages: found }: { readonly packages: readonly Record<string, unknown>[] }) =>
      found.map(({ name, confidence, evidence }) => [name, confidence, evidence]),
    ),
  ).toEqual([
    [
      ['htop', 'high', ['the AMI that this one was made from does not have it', 'it is marked as asked for']],
      ['nginx', 'medium', ['people had added it to the AMI that this one was made from']],
    ],
  ]);
  const lacking = { ...made, packages: [] };
  write('image.json', JSON.stringify(lacking));
  const compared = await answer(['inspect', 'golden.json', '--against', 'image.json', '--ancestor', 'base.json', '--json'], { folder });
  expect(
    JSON.parse(compared.stdout).differences.map(({ verdict, name }: { readonly verdict: string; readonly name: string }) => [
      verdict,
      name,
    ]),
  ).toEqual([
    ['unexplained', 'deb:htop'],
    ['unexplained', 'deb:nginx'],
    ['explained', 'deb:vim'],
  ]);
  const shown = await answer(['inspect', 'golden.json', '--ancestor', 'base.json', '--json'], { folder });
  expect(JSON.parse(shown.stdout).ancestor).toEqual({
    source: { kind: 'folder', name: 'base', simulated: false },
    packages: [
      { manager: 'deb', name: 'vim' },
      { manager: 'deb', name: 'nginx', added: true },
    ],
  });
  const refused = await answer(['inspect', 'golden.json', '--sbom', '--ancestor', 'base.json'], { folder });
  expect([refused.code, refused.stderr.split('\n')[0]]).toEqual([
    2,
    "error: option '--ancestor <subject>' cannot be used with option '--sbom'",
  ]);
});

test('an AMI that stands in no manifest is looked for in AWS, unless the sandbox is asked for', async () => {
  const { io } = fakeIo('/home/ada', {});
  const subject = { subject: 'ami-064b0f5e3937918bf', region: 'eu-west-1', manifest: 'images.yaml', sandbox: false };
  const source = { kind: 'ami', id: 'ami-064b0f5e3937918bf', region: 'eu-west-1' };
  expect(await placeOf(subject, io)).toEqual({ source, folder: '/home/ada', clouds: { kind: 'real', metadataUrl: undefined } });
  expect((await placeOf({ ...subject, sandbox: true }, io)).clouds).toEqual({ kind: 'sandbox', subscription: SANDBOX_SUBSCRIPTION });
  const elsewhere = { ...io, environment: { ARM_METADATA_URL: 'https://127.0.0.1:1' } };
  expect((await placeOf(subject, elsewhere)).clouds).toEqual({ kind: 'real', metadataUrl: 'https://127.0.0.1:1' });
  const { code, stderr } = await answer(['inspect', 'ami-064b0f5e3937918bf'], { folder });
  expect([code, stderr]).toEqual([2, expect.stringContaining('the region of ami-064b0f5e3937918bf is not given')]);
});

test("the sandbox's example AMI, read by EBS direct: its own content is proposed, nothing of AWS, and no secret", async () => {
  const call = { folder: ROOT };
  const { code, stdout } = await answer(['inspect', 'web-golden', '--sandbox', '--json'], call);
  expect(code).toBe(0);
  const inventory = Inventory.parse(JSON.parse(stdout));
  expect(inventory.source).toEqual({ kind: 'snapshot', name: 'ami-064b0f5e3937918bf (snap-08111836a80116ca9)', simulated: true });
  expect([inventory.system.id, inventory.system.version, inventory.boot.mode, inventory.unread]).toEqual(['ubuntu', '24.04', 'bios', []]);
  expect(inventory.components.map(({ id }) => id)).toContain('amazon-ssm-agent');
  expect(inventory.leaks.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
    'SL-01 /home/ubuntu/.ssh/authorized_keys',
    'SL-04 /root/.aws/credentials',
    'SL-04 /root/.aws/credentials',
  ]);
  const proposal = (await answer(['inspect', 'web-golden', '--sandbox', '--propose'], call)).stdout;
  expect(proposal).toContain('- file: { from: "content/<image>/etc/systemd/system/shop.service", to: /etc/systemd/system/shop.service }');
  expect(proposal).toContain('systemctl enable shop.service');
  expect(proposal).toContain(
    '# fidelity: package: 2 carried, 1 replaced, 0 left; account: 1 carried, 0 replaced, 1 left; file: 8 carried, 3 replaced, 2 left; service: 2 carried, 1 replaced, 0 left',
  );
  expect(`${stdout}${proposal}`).not.toMatch(/AKIAQQQQW|MADEUPKEY/);
  expect(proposal).not.toMatch(/ {2}- .*(amazon|aws)/);
});

test('two AMIs that were both inspected are compared in text, Markdown and JSON, losses first', async () => {
  const ami = (id: string, fields: Partial<Inventory>) =>
    anInventory({ source: { kind: 'snapshot', name: `ami-${id} (snap-${id})`, simulated: false }, ...fields });
  const file = {
    path: '/opt/shop/run',
    kind: 'file',
    origin: 'unowned',
    bytes: 6,
    sha256: 'a'.repeat(64),
    mode: '0644',
    owner: '0:0',
  } as const;
  write('ami-1.json', JSON.stringify(ami('1', { packages: [aPackage('htop', { asked: true }), aPackage('nginx')], content: [file] })));
  const unread = [{ place: 'partition 2', reason: 'is encrypted (LUKS)' }];
  const content = [{ ...file, mode: '0755' }];
  write('ami-2.json', JSON.stringify(ami('2', { packages: [aPackage('nginx', { version: '2.0-1' })], content, unread })));
  const words = ['diff', 'ami-1.json', 'ami-2.json'];
  const text = (await answer(words, { folder })).stdout;
  expect(text.split('\n')).toEqual([
    'parity',
    '  before        ami-1 (snap-1)',
    '  after         ami-2 (snap-2)',
    '  equal         1 system',
    '  unexplained   1 missing, 1 changed, 0 added',
    '  explained     0 missing, 1 changed, 0 added',
    '  expected      0 missing, 0 changed, 0 added',
    '',
    'package (2)',
    '  unexplained  missing  deb:htop   1.0-1         the new image does not have it',
    '  explained    changed  deb:nginx  1.0-1  2.0-1  the new image has a newer version',
    '',
    'content (1)',
    '  unexplained  changed  /opt/shop/run  6 bytes, 0644 0:0, sha256 aaaaaaaaaaaa  6 bytes, 0755 0:0, sha256 aaaaaaaaaaaa  it is not the same in the new image',
    '',
    'could not be read (1)',
    '  after  partition 2  is encrypted (LUKS)',
    '',
  ]);
  const markdown = (await answer([...words, '--format', 'markdown'], { folder })).stdout;
  expect(markdown.split('\n').filter((line) => /^\|.*(?:missing|changed|LUKS)/.test(line))).toEqual([
    '| unexplained | `1 missing, 1 changed, 0 added` |',
    '| explained | `0 missing, 1 changed, 0 added` |',
    '| expected | `0 missing, 0 changed, 0 added` |',
    '| unexplained | missing | deb\\:htop | 1.0-1 |  | the new image does not have it |',
    '| explained | changed | deb\\:nginx | 1.0-1 | 2.0-1 | the new image has a newer version |',
    '| unexplained | changed | /opt/shop/run | 6 bytes, 0644 0\\:0, sha256 aaaaaaaaaaaa | 6 bytes, 0755 0\\:0, sha256 aaaaaaaaaaaa | it is not the same in the new image |',
    '| after | partition 2 | is encrypted (LUKS) |',
  ]);
  const { differences, equal, unread: told } = JSON.parse((await answer([...words, '--json'], { folder })).stdout);
  expect([differences.length, equal.system, told]).toEqual([3, 1, [{ side: 'after', ...unread[0] }]]);
});
