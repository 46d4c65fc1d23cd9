import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { answerTable, checkTable } from '../../src/guest/tables.ts';
import { DEPLOY_CODES } from '../../src/model/codes/deploy.ts';
import type { CodeEntry } from '../../src/model/codes/entry.ts';
import { ERROR_CODES } from '../../src/model/codes/errors.ts';
import { ISSUE_CODES } from '../../src/model/codes/index.ts';
import { LOCK_CODES } from '../../src/model/codes/lock.ts';
import { MANIFEST_CODES } from '../../src/model/codes/manifest.ts';
import { PREFLIGHT_CODES } from '../../src/model/codes/preflight.ts';
import { isIssueCode } from '../../src/model/index.ts';
import { planGates } from '../../src/plan/gates.ts';
import { aSpec } from '../fakes/values.ts';

/**
 * Whatever stops an image is answered for in the manifest, or stands here with the reason why nobody can. What the guest does with an answer is proven
 * by test/guest/cases.sh (every check, every rule of the leak scan) and named.sh (components).
 */
const catalog = await loadCatalog();
const scripts = new URL('../../scripts/', import.meta.url);
const reference = await readFile(new URL('../../docs/reference/manifest.md', import.meta.url), 'utf8');

/** Why nobody can answer for it. */
const CANNOT = {
  machine: 'the machine is not the one that was planned: what follows would be done to something else',
  agent: 'without the Azure agent no machine can be provisioned from the image',
  nothing: 'there is nothing that could be built, or done it with',
  system: 'the system refuses, and only the system can say otherwise: Sysprep, a service that does not start, a program that fails',
  azure: 'Azure refuses it: no wish of the manifest changes what Azure does',
  mistake: 'the manifest contradicts itself or names what there is not: the entry that is named is the answer',
  wish: 'it stops because the manifest asked it to',
  misuse: 'a script was not started as a build starts it',
  unknown: 'what nobody looked at has not passed',
} as const;
type Reason = keyof typeof CANNOT;

/** Every way out of a guest script that is an error, by the words that follow. `gate` = what was found can be answered for by its id. */
const ENDS: Readonly<Record<string, Reason | 'gate'>> = {
  'linux/add-azure.sh: none of these packages could be installed, and an Azure image needs one: $names': 'agent',
  'linux/add-azure.sh: the Azure agent has no service unit': 'agent',
  'linux/checks.sh: failed checks:$REGILD_BLOCKED': 'gate',
  'linux/generalize.sh: there is no waagent to deprovision with': 'agent',
  'linux/leak-scan.sh: $((blocking)) findings must not be in an image': 'gate',
  "linux/lib/packages.sh: the plan says that this system is of the family $REGILD_FAMILY, but '$(regild_os_release ID)' has no $tool":
    'machine',
  'linux/lib/system.sh: nothing says of which family this system is: REGILD_FAMILY is not set, and $REGILD_HOME/guest.env does not set it':
    'misuse',
  "linux/lib/system.sh: no guest script changes a system of the family '$REGILD_FAMILY'": 'machine',
  'linux/lib/system.sh: this is $id $version on $(uname -m), and the plan is for ${REGILD_SYSTEMS:-} ${REGILD_MAJOR:-} on $REGILD_MACHINE':
    'machine',
  "linux/packages.sh: packages.sh does not know '$what'": 'misuse',
  'linux/record.sh: provenance.tsv is missing': 'misuse',
  'windows/add-azure.ps1: the service $name of the Azure VM agent is missing: $cure': 'agent',
  'windows/add-azure.ps1: the service $name did not start within ten minutes': 'agent',
  "windows/checks.ps1: failed checks: $($blocked -join ' ')": 'gate',
  'windows/checks.ps1: regild-fail:$Text': 'gate',
  'windows/checks.ps1: regild-skip:$Text': 'gate',
  'windows/configure.ps1: slmgr /skms ended with $code': 'system',
  'windows/generalize.ps1: $name found what must not be in an image': 'gate',
  'windows/generalize.ps1: Sysprep did not finish within $DeadlineMinutes minutes (image state $(Get-RegildImageState)): $(Get-RegildSysprepReason)':
    'system',
  'windows/generalize.ps1: Sysprep ended without generalizing (image state $(Get-RegildImageState)): $(Get-RegildSysprepReason)': 'system',
  'windows/generalize.ps1: Sysprep must not run as Local System on build ${build}: run this step as an administrator': 'system',
  "windows/generalize.ps1: a restart is pending ($($pending -join ', ')): restart before generalizing": 'gate',
  'windows/generalize.ps1: the service $name did not start within ten minutes': 'agent',
  'windows/leak-scan.ps1: $($script:RegildBlocking) findings must not be in an image': 'gate',
  'windows/lib/system.ps1: this is $caption on a processor of kind $processor, and the plan is for $($planned.title) on one of kind $($planned.processor)':
    'machine',
  'windows/record.ps1: icacls ended with $code for $Path': 'system',
  'windows/record.ps1: inventory-$When.json is missing': 'misuse',
  'windows/record.ps1: provenance.tsv is missing': 'misuse',
  "windows/updates.ps1: could not install $($failed -join ', ')": 'wish',
};

/** These measure and read secrets; neither stops an image by a finding. */
const ELSEWHERE = /^(linux|windows)\/(measure|with-secrets|inventory-lines)\./;

test('every way in which a guest script ends badly is one that is known', async () => {
  const files = (await readdir(scripts, { recursive: true })).filter((file) => /\.(sh|ps1)$/.test(file) && !ELSEWHERE.test(file));
  const ends = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(new URL(file, scripts), 'utf8');
      const said = text.matchAll(/(?<!function )\b(?:regild_die|throw) (["'])(.*?)\1/g);
      return [...said].map(([, , words]) => `${file}: ${words}`);
    }),
  );
  const ours = ends.flat().filter((end) => !/must run as |(the stage|the phase|the round) is missing$/.test(end));
  expect([...new Set(ours)].toSorted()).toEqual(Object.keys(ENDS).toSorted());
});

test('the script that looks first refuses no image for what is installed', async () => {
  const texts = await Promise.all(['linux/inventory.sh', 'windows/inventory.ps1'].map((file) => readFile(new URL(file, scripts), 'utf8')));
  expect(texts.map((text) => text.match(/regild_die .*|throw .*/g))).toEqual([["regild_die 'must run as root'"], null]);
});

test('every check that blocks is answered for by its id, and the guest is handed the answer', () => {
  for (const os of ['linux', 'windows'] as const) {
    const blocking = catalog.checks.filter((check) => check.os === os && check.severity === 'block');
    const answers = blocking.map(({ id }) => ({ id, item: '*', reason: 'for the test' }));
    const spec = aSpec();
    const gates = planGates({ ...spec, checks: { ...spec.checks, answers } }, os, 'rhel', catalog);
    expect(gates.issues.map(({ severity, code }) => `${severity} ${code}`)).toEqual(blocking.map(() => 'info FINDING_ANSWERED'));
    expect(gates.files).toContainEqual(answerTable(answers));
    expect(gates.files[0]).toEqual(checkTable(gates.checks));
  }
});

test('a component stops an image only as a finding of a check', () => {
  const words = catalog.components.map(({ policy, leftover }) => `${policy} ${typeof leftover === 'object' ? 'blocks' : leftover}`);
  expect(new Set(words.filter((word) => word.startsWith('unsupported')))).toEqual(new Set(['unsupported blocks', 'unsupported warn']));
});

/** Each code that stops an image before a guest is touched or after it was tested: the keys of the manifest that answer it, or why nothing does. */
const CODES: Readonly<Record<string, readonly string[] | Reason>> = {
  // Analyze
  UNKNOWN_OS: ['base'],
  UNKNOWN_VERSION: ['base'],
  DISK_NOT_READ: ['inspect'],
  // Match
  NO_BASE: ['base'],
  BASE_UNFIT: ['base'],
  BASE_INVALID: 'mistake',
  BASE_NOT_SOLD: ['target.location', 'base'],
  LICENCE_CHOICE: ['licence'],
  SUCCESSOR_CHOICE: ['accept.successor'],
  PRODUCT_CHOICE: ['accept.without'],
  SOURCE_CHOICE: ['accept.source'],
  TERMS_NOT_ACCEPTED: 'azure',
  GUEST_UNSUPPORTED: 'nothing',
  DIFFERENT_SERVICE: ['base'],
  VENDOR_PRODUCT: ['base'],
  UNSUPPORTED: ['base'],
  // Plan
  PRODUCTION_SECURITY: 'azure',
  SHARING_FORBIDDEN: 'azure',
  SECURITY_NEEDS_GEN2: 'azure',
  SECURITY_NEEDS_BASE: ['security'],
  BASE_CONFIDENTIAL: 'azure',
  NVME_NEEDS_GEN2: 'azure',
  NVME_ALONE: 'azure',
  NO_CONTROLLER: 'mistake',
  ARM64_NEEDS_GEN2: 'azure',
  PRICES_INVALID: 'mistake',
  NO_DEFAULT_SIZE: ['build.vmSize', 'test.vmSize'],
  SIZE_ARCHITECTURE: 'azure',
  SIZE_GENERATION: 'azure',
  SIZE_TRUSTED_LAUNCH: 'azure',
  SIZE_CONTROLLER: 'azure',
  OS_DISK_TOO_SMALL: ['build.osDiskSizeGB'],
  OS_DISK_NEEDS_GEN2: 'azure',
  OS_DISK_TOO_LARGE: 'azure',
  COMPONENT_UNKNOWN: 'mistake',
  COMPONENT_NOT_REMOVABLE: 'mistake',
  CHECK_UNKNOWN: 'mistake',
  STEP_WRONG_SYSTEM: 'mistake',
  CHECK_ID_TAKEN: 'mistake',
  CHECK_TOO_LONG: 'mistake',
  CHECK_WRONG_SYSTEM: 'mistake',
  // Preflight: what Azure says of a subscription; nothing of it is about the guest.
  ...Object.fromEntries(Object.keys(PREFLIGHT_CODES).map((code) => [code, 'azure' as const])),
  // Engines
  STEP_NOT_SUPPORTED: ['engine'],
  SECRETS_NEED_IDENTITY: ['build.identity'],
  TOO_MANY_TAGS: 'azure',
  NAME_TOO_LONG: ['engine', 'target.definition'],
  SUBNET_INVALID: 'mistake',
  IDENTITY_MISSING: ['build.identity', 'engine'],
  SECURITY_NOT_SUPPORTED: ['security', 'engine'],
  TIMEOUT_NOT_SUPPORTED: ['engine'],
  FILES_TOO_LARGE: ['engine'],
  RESTART_NOT_SUPPORTED: ['engine'],
  // Validate
  CHECK_FAILED: ['checks.answers', 'checks.skip'],
  MEASURED_WORSE: 'wish',
  NOTHING_VALIDATED: 'unknown',
  PARITY_LOSS: ['parityAllow'],
  PARITY_UNKNOWN: 'wish',
  REPLICATION_FAILED: 'azure',
};

/** A file that is not valid, a lock that differs, a failed effect and a deployment stop a run or a verb, not what an image is. */
const NOT_OF_AN_IMAGE = [MANIFEST_CODES, LOCK_CODES, ERROR_CODES, DEPLOY_CODES];

test('every code that stops an image is answered for in the manifest, or has a reason why it is not', () => {
  const stopping = Object.entries<CodeEntry>(ISSUE_CODES)
    .filter(([code]) => !NOT_OF_AN_IMAGE.some((codes) => Object.hasOwn(codes, code)))
    .flatMap(([code, { severities }]) => (severities.some((each) => each === 'error' || each === 'question') ? [code] : []));
  expect(stopping.filter((code) => !Object.hasOwn(CODES, code))).toEqual([]);
  expect(Object.keys(CODES).filter((code) => !isIssueCode(code))).toEqual([]);
});

test('what answers is a key of the manifest', () => {
  const keys = Object.values(CODES).flatMap((answer) => (typeof answer === 'string' ? [] : answer));
  expect(keys.filter((key) => !reference.includes(`\`images.<name>.${key}\``))).toEqual([]);
});
