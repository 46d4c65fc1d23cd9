import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { dsse } from '@sigstore/core';
import { createBlobs } from '../../src/adapters/azure/blobs.ts';
import { RegildError } from '../../src/errors.ts';
import { Envelope, FleetStatus, Inventory, Lineage, Provenance, Report, VersionDiff } from '../../src/model/index.ts';
import { keep } from '../../src/records/index.ts';
import { readRecord } from '../../src/records/read.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { pointedAt, regild } from '../commands/command-line.ts';
import { fakeContext } from '../fakes/context.ts';
import { aSpec } from '../fakes/values.ts';
import { startAzurite } from './azurite.ts';

/** Proves records of versions with real processes and strangers, and says how many of its statements hold. */
const folder = await mkdtemp(join(tmpdir(), 'regild-azurite-'));
const results: boolean[] = [];

async function prove(what: string, statement: () => Promise<void>): Promise<void> {
  try {
    await statement();
    results.push(true);
    process.stdout.write(`ok      ${what}\n`);
  } catch (error) {
    results.push(false);
    process.stdout.write(`FAILED  ${what}\n${error instanceof Error ? error.message : error}\n`);
  }
}

const entry = (name: string, sign: string) => `
  ${name}:
    source: { owner: '123456789012', name: web-golden-*, region: eu-west-1 }
    target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
    build: { identity: /subscriptions/5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder }
    records: { container: 'https://corpimages.blob.core.windows.net/records', sign: { ${sign} } }`;

const MANIFEST = `version: 1\nimages:${entry('by-key', 'key: key.pem')}${entry('by-command', 'command: [./sign.sh]')}\n`;

async function main(): Promise<void> {
  const ed = generateKeyPairSync('ed25519');
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const sandbox = await startSandbox();
  const azurite = await startAzurite(folder);
  try {
    await writeFile(join(folder, 'images.yaml'), MANIFEST);
    await writeFile(join(folder, 'ca.pem'), sandbox.caPem);
    await writeFile(join(folder, 'key.pem'), ed.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await writeFile(join(folder, 'ec.pem'), ec.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await writeFile(join(folder, 'sign.sh'), '#!/bin/sh\nset -eu\nopenssl dgst -sha256 -sign ec.pem | base64\n');
    await chmod(join(folder, 'sign.sh'), 0o755);
    const environment = pointedAt(sandbox, join(folder, 'ca.pem'));
    const run = (...words: readonly string[]) => regild(words, { folder, environment });
    const json = async (...words: readonly string[]): Promise<unknown> => {
      const { code, stdout, stderr } = await run(...words, '--json');
      if (code !== 0) throw new Error(`regild ${words.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    };

    const first = Report.parse(await json('build'));
    const second = Report.parse(await json('build', '--force'));
    const recordOf = (image: string, { runId }: Report = second) => join(folder, '.regild/runs', runId, image, 'record');
    const text = (image: string, name: string) => readFile(join(recordOf(image), name), 'utf8');

    await prove('both images are published twice, each time with a record', async () => {
      assert.deepEqual(
        [first, second].map(({ images }) => images.map(({ outcome }) => outcome)),
        [
          ['published', 'published'],
          ['published', 'published'],
        ],
      );
    });
    await prove('the provenance is an in-toto statement with the predicate of SLSA', async () => {
      const { subject, predicate } = Provenance.parse(JSON.parse(await text('by-key', 'provenance.json')));
      const [image] = second.images;
      assert.equal(subject[0]?.uri, image?.published?.versionId);
      assert.equal(predicate.runDetails.builder.version['image-builder'], '2025-10-01');
      assert.ok(predicate.buildDefinition.resolvedDependencies.some(({ name }) => name === 'base'));
    });
    for (const [image, key, algorithm] of [
      ['by-key', ed.publicKey, null],
      ['by-command', ec.publicKey, 'sha256'],
    ] as const) {
      await prove(`Sigstore's encoding of the statement verifies against the signature, ${image}`, async () => {
        const { payload, payloadType, signatures } = Envelope.parse(JSON.parse(await text(image, 'provenance.dsse.json')));
        const statement = Buffer.from(payload, 'base64');
        assert.equal(statement.toString(), await text(image, 'provenance.json'));
        const signature = Buffer.from(signatures[0]?.sig ?? '', 'base64');
        const signed = dsse.preAuthEncoding(payloadType, statement);
        assert.ok(verify(algorithm, signed, createPublicKey(key.export({ type: 'spki', format: 'pem' })), signature));
        assert.ok(!verify(algorithm, Buffer.concat([signed, Buffer.from(' ')]), key, signature));
      });
    }

    const [status] = FleetStatus.parse(await json('status', 'by-key')).images;
    const [latest = '', older = ''] = status?.versions.map(({ version }) => version) ?? [];
    await prove('the inventory of the test VM is kept with the version, and its bill of materials is valid CycloneDX 1.6', async () => {
      const machine = JSON.stringify({ ...INVENTORY });
      await writeFile(join(folder, 'machine.json'), machine);
      const { code, stderr } = await run('inspect', 'machine.json', '--record', `by-key@${latest}`);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^has one {6}https:/m);
      const problem = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(await text('by-key', 'sbom.cdx.json'));
      assert.equal(problem, null);
    });
    await prove('report, lineage and diff read the container', async () => {
      const report = Report.parse(await json('report', latest, '--image', 'by-key'));
      assert.deepEqual([report.runId, report.images.map(({ image }) => image)], [second.runId, ['by-key']]);
      const { versions } = Lineage.parse(await json('lineage', 'by-key'));
      assert.deepEqual(
        versions.map(({ version, record }) => [version, record?.place, record?.signedBy.length, record?.inventory]),
        [
          [latest, 'https://corpimages.blob.core.windows.net/records', 1, true],
          [older, 'https://corpimages.blob.core.windows.net/records', 1, true],
        ],
      );
      const diff = VersionDiff.parse(await json('diff', 'by-key'));
      assert.deepEqual([diff.before.version, diff.after.version, diff.changes, diff.issues], [older, latest, [], []]);
    });
    await prove('the run folder is asked where the container knows nothing', async () => {
      await writeFile(
        join(folder, 'images.yaml'),
        MANIFEST.replaceAll("container: 'https://corpimages.blob.core.windows.net/records', ", ''),
      );
      const diff = VersionDiff.parse(await json('diff', 'by-key', older));
      assert.deepEqual([diff.before.record, diff.after.record], [`run ${first.runId}`, `run ${second.runId}`]);
    });

    const connection = azurite.as('https://storage.azure.com');
    const context = fakeContext({ blobs: createBlobs(connection, undefined) });
    const container = azurite.containerAt('records');
    const spec = aSpec({ records: { container } });
    const files = [
      { part: 'report', content: await text('by-key', 'report.json') },
      { part: 'provenance', content: await text('by-key', 'provenance.json') },
      { part: 'envelope', content: await text('by-key', 'provenance.dsse.json') },
      { part: 'inventory', content: await text('by-key', 'inventory.json') },
    ] as const;
    const read = () => readRecord(spec, { name: latest, tags: {} }, context, () => ({ load: async () => undefined }));
    await prove('Azurite: a container that is not there is no record, and refuses one by name', async () => {
      assert.equal(await read(), undefined);
      const refused = await keep(spec, latest, files, context).catch((error: unknown) => error);
      assert.ok(refused instanceof RegildError);
      assert.equal(
        refused.message,
        `could not write gal/web/${latest}/report.json into ${container}: The specified container does not exist (ContainerNotFound)`,
      );
    });
    await prove('Azurite: a record is written and read back whole', async () => {
      await connection.createBlob(`${container}?restype=container`, '');
      await keep(spec, latest, files, context);
      const found = await read();
      assert.equal(found?.place, container);
      assert.deepEqual(found?.report, Report.parse(JSON.parse(files[0].content)));
      assert.deepEqual(found?.envelope, Envelope.parse(JSON.parse(files[2].content)));
      assert.deepEqual(found?.inventory, Inventory.parse(JSON.parse(files[3].content)));
    });
    await prove('Azurite: what is there is never written again', async () => {
      await keep(spec, latest, [{ part: 'report', content: '{}' }], context);
      assert.deepEqual((await read())?.report, Report.parse(JSON.parse(files[0].content)));
      assert.equal(await context.ports.blobs.create({ container, path: `gal/web/${latest}/report.json` }, '{}'), 'existed');
    });
    await prove('Azurite: a token for somebody else is refused, and the role is named', async () => {
      const other = createBlobs(azurite.as('https://vault.azure.net'), undefined);
      const refused = await other.create({ container, path: 'a.json' }, '{}').catch((error: unknown) => error);
      assert.ok(refused instanceof RegildError);
      assert.equal(refused.code, 'CLOUD_DENIED');
      assert.match(refused.hint ?? '', /Microsoft\.Storage\/storageAccounts\/blobServices\/containers\/blobs\/write/);
    });
  } finally {
    await Promise.all([sandbox.close(), azurite.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

const INVENTORY = {
  kind: 'Inventory',
  schemaVersion: 1,
  source: { kind: 'machine', name: 'web-1', simulated: true },
  system: {
    family: 'linux',
    id: 'ubuntu',
    version: '24.04',
    name: 'Ubuntu 24.04 LTS',
    kernels: ['6.8.0-1018-azure'],
    apparmor: true,
    fips: false,
  },
  boot: { loaders: [], fileSystems: [], kernelArguments: [], initramfsDrivers: [], fstab: [], swap: [] },
  packages: [
    { manager: 'deb', name: 'nginx', version: '1:1.24.0-2ubuntu7+b1', architecture: 'amd64' },
    { manager: 'pip', name: 'Typing_Extensions', version: '4.0' },
    { manager: 'npm', name: '@scope/tool', version: '1.4.0' },
    { manager: 'snap', name: 'core22', version: '1612' },
  ],
  containers: ['registry.example.com:5000/shop:1.0'],
  ...{ services: [], cron: [], accounts: [], sudo: [], settings: [], content: [], components: [], leaks: [], unread: [], unasked: [] },
};

await main();
const failed = results.filter((held) => !held).length;
process.stdout.write(`${results.length - failed} passed, ${failed} failed, 0 skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
