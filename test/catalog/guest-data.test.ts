import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { OWN } from '../../src/manifest/names.ts';

const catalog = await loadCatalog();
const scripts = new URL('../../scripts/', import.meta.url);

test.each([
  ['linux', 'sh', /^check_(\w+)\(\) \{$/gm],
  ['windows', 'ps1', /^function check_(\w+) \{$/gm],
] as const)(
  'every check of %s is a file of its name with the function of its name, and every such file is a check',
  async (os, ext, pattern) => {
    const ids = catalog.checks.filter((check) => check.os === os).map(({ id }) => id);
    const files = await readdir(new URL(`${os}/checks/`, scripts));
    expect(files.toSorted()).toEqual(ids.map((id) => `${id}.${ext}`).toSorted());
    const texts = await Promise.all(ids.map((id) => readFile(new URL(`${os}/checks/${id}.${ext}`, scripts), 'utf8')));
    expect(texts.map((text) => [...text.matchAll(pattern)].map(([, name = '']) => name.replaceAll('_', '-')))).toEqual(
      ids.map((id) => [id]),
    );
  },
);

test('all 135 components are there, each with what does its job on Azure', () => {
  expect(catalog.components.filter(({ os }) => os === 'linux')).toHaveLength(89);
  expect(catalog.components.filter(({ os }) => os === 'windows')).toHaveLength(46);
  expect(catalog.components.filter(({ azureEquivalent }) => !azureEquivalent)).toEqual([]);
});

/** From the service map of "Azure for AWS professionals": what a component belongs to on AWS, and what the map says for it. */
test.each([
  ['CloudWatch', 'amazon-cloudwatch-agent win-cloudwatch-agent awslogs', 'Azure Monitor'],
  ['X-Ray', 'aws-xray-daemon aws-otel-collector win-xray win-otel-collector', 'Azure Monitor'],
  ['CodeDeploy', 'codedeploy-agent win-codedeploy', 'Azure DevOps'],
  ['Command-line interface', 'aws-cli-v1 aws-cli-v2 win-aws-cli aws-dev-clis', 'Azure CLI'],
  ['AWS Tools for PowerShell', 'win-aws-tools-powershell', 'Azure PowerShell'],
  ['eksctl', 'aws-dev-clis', 'az aks'],
  ['Cloud Development Kit', 'aws-dev-clis', 'Azure Verified Modules'],
  ['OpsWorks', 'opsworks-agent', 'Azure Automation'],
  ['CloudFormation', 'aws-cfn-bootstrap win-cfn-bootstrap', 'Azure Resource Manager with VM extensions'],
  ['Greengrass', 'greengrass-iot win-greengrass', 'Azure IoT Edge'],
  ['Kinesis', 'aws-kinesis-agent win-kinesis', 'Azure Event Hubs'],
  ['Application Discovery Service', 'aws-replication-agent win-replication-agent', 'Azure Migrate'],
  ['Systems Manager', 'amazon-ssm-agent win-ssm-agent', 'telemetry: Azure Monitor'],
  ['SDKs and tools', 'aws-sdk-python', 'Azure SDK'],
  ['Inspector', 'inspector-classic inspector2-ssm-plugin win-inspector-classic win-inspector2', 'Microsoft Defender for Cloud'],
  ['GuardDuty', 'guardduty-agent', 'Microsoft Sentinel'],
  ['Elastic Beanstalk', 'elastic-beanstalk', 'Azure App Service'],
  ['WorkSpaces, AppStream', 'nice-dcv win-dcv', 'Azure Virtual Desktop'],
  ['KMS and secrets', 'aws-credentials win-aws-credentials', 'Key Vault'],
] as const)('%s is replaced by what the service map names', (_service, ids, name) => {
  const equivalents = ids.split(' ').map((id) => catalog.components.find((component) => component.id === id)?.azureEquivalent ?? id);
  expect(equivalents.filter((text) => !text.includes(name))).toEqual([]);
});

/** The rule of severities: only these stop an image, each for one of the reasons that may; whatever else stays behind is told. */
test.each([
  ['boot', ['fstab-aws', 'win-citrix-redhat-pv']],
  [
    'provisioning',
    [
      'amazon-ec2-net-utils',
      'amazon-linux-os',
      'cloudinit-custom-ec2-ds',
      'cloudinit-ec2-datasource',
      'net-config-ec2',
      'win-sysprep-unattend',
    ],
  ],
  ['login', ['ec2config', 'ec2launch-v1', 'ec2launch-v2', 'win-rdp']],
  ['secret', ['aws-credentials', 'rhsm-insights-ids', 'rhui-aws', 'ubuntu-pro-token', 'win-aws-credentials']],
  ['rule', ['apt-debian-cdn-aws', 'apt-ec2-mirrors', 'suse-ec2-registration', 'win-persistent-routes']],
] as const)('what stops an image because of %s', (reason, ids) => {
  const found = catalog.components.filter(({ leftover }) => typeof leftover === 'object' && leftover.blocks === reason);
  expect(found.map(({ id }) => id).toSorted()).toEqual(ids);
});

test('no plain agent of AWS stops an image by being there', () => {
  const agents = catalog.components.filter(({ kind, leftover }) => kind === 'agent' && typeof leftover === 'object');
  expect(agents.map(({ id }) => id).toSorted()).toEqual(['amazon-ec2-net-utils', 'ec2config', 'ec2launch-v1', 'ec2launch-v2']);
});

test('what is only reported is never changed', () => {
  const touched = catalog.components.filter(
    ({ policy, removePaths, edits = [], uninstallers = [] }) =>
      (policy === 'report' || policy === 'unsupported') && removePaths.length + edits.length + uninstallers.length > 0,
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

/** The leak scan of Windows reads lines by .NET, where POSIX classes mean something else; keys of the registry hold their expression themselves. */
test('what an agent of Windows is known by is what its leak scan reads', () => {
  const windows = catalog.agents
    .filter(({ os }) => os === 'windows')
    .flatMap(({ id, identity }) => identity.map((each) => ({ id, ...each })));
  expect(windows.length).toBeGreaterThan(20);
  expect(windows.filter(({ path }) => !/^(HKLM\\|%\w+(\(x86\))?%\\)/.test(path))).toEqual([]);
  expect(windows.filter(({ path, pattern = '' }) => pattern.includes('[[:') || (path.startsWith('HKLM') && pattern !== ''))).toEqual([]);
});

test('an agent of Linux is known by absolute paths', () => {
  const linux = catalog.agents.filter(({ os }) => os === 'linux').flatMap(({ identity }) => identity);
  expect(linux.filter(({ path }) => !path.startsWith('/'))).toEqual([]);
});

/** What the guest does with an answer is proven by test/guest/cases.sh; here, that the manifest takes one for whatever blocks. */
test('whatever stops a build can be answered for in the manifest', async () => {
  const rules = await Promise.all(
    ['linux/leak-scan.sh', 'windows/leak-scan.ps1'].map(
      async (file) => (await readFile(new URL(file, scripts), 'utf8')).match(/S[LW]-\d\d/g) ?? [],
    ),
  );
  const blocking = [...catalog.checks.filter(({ severity }) => severity === 'block').map(({ id }) => id), ...new Set(rules.flat())];
  expect(blocking.length).toBeGreaterThan(90);
  expect(blocking.filter((id) => !OWN.answered.pattern.test(id))).toEqual([]);
});
