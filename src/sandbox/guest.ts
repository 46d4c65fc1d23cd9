import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** What a simulated guest runs on and what a fault made of it. */
export interface Guest {
  readonly os: 'Linux' | 'Windows';
  /** Ids of checks that this guest fails. */
  readonly failing: readonly string[];
  /** True when what it prints is lost on the way. */
  readonly mute: boolean;
}

/** What a script printed. */
export interface GuestOutput {
  readonly stdout: string;
  readonly stderr: string;
}

const CHECKS = /^\s*(?:#|REM|::)\s*regild-checks:[ \t]*(.*?)\s*$/im;

const MEASURE = /^\s*#\s*regild-measure:[ \t]*(.*?)\s*$/im;

const INVENTORY = /^\s*#\s*regild-inventory:[ \t]*(\d+)\s*$/im;
const SYSTEM = /^\s*#\s*regild-system:[ \t]*(.*?)\s*$/im;
const INSTALLS = /^\s*#\s*regild-installs:[ \t]*(.*?)\s*$/im;

const RECORD = /^\s*#\s*regild-record:[ \t]*(\S+)\s*$/im;

/**
 * Runs a script as the sandbox can: one line `regild-check<TAB>id<TAB>pass|fail<TAB>simulated` for each id on its line
 * `# regild-checks: id1 id2 …`, in that order, and for its line `# regild-record: digest` the record of a build of that plan that found nothing of
 * AWS: what a clean base of Azure's holds; for each metric on its line `# regild-measure: metric …` a figure that says that it is simulated. A script
 * without these lines prints nothing. For its line `# regild-inventory: 0` it prints a packed inventory of the system that the script names: a clean
 * base with the packages or features that the script says are installed, and no file that anybody made.
 */
export function runInGuest(script: string, guest: Guest): GuestOutput {
  if (guest.mute) return { stdout: '', stderr: '' };
  const ids = wordsAfter(CHECKS, script);
  const newline = guest.os === 'Windows' ? '\r\n' : '\n';
  const lines = [
    ...ids.map((id) => checkLine(id, guest.failing)),
    ...recordLines(script),
    ...measureLines(script),
    ...inventoryLines(script, guest),
  ];
  return { stdout: lines.map((line) => `${line}${newline}`).join(''), stderr: '' };
}

function checkLine(id: string, failing: readonly string[]): string {
  return ['regild-check', id, failing.includes(id) ? 'fail' : 'pass', 'simulated'].join('\t');
}

function wordsAfter(line: RegExp, script: string): readonly string[] {
  return (line.exec(script)?.[1] ?? '').split(/\s+/).filter((word) => word !== '');
}

/** Nothing is measured: the same figure for every metric. */
function measureLines(script: string): readonly string[] {
  return wordsAfter(MEASURE, script).map((metric) => ['regild-measure', metric, '1', 'simulated'].join('\t'));
}

function recordLines(script: string): readonly string[] {
  const digest = RECORD.exec(script)?.[1];
  return digest === undefined ? [] : [`regild-record\t${digest}\t0`];
}

/** A version that is newer than any: nothing was installed, so that no version may look like a loss. */
const SIMULATED_VERSION = '9999~simulated';

function inventoryLines(script: string, { os }: Guest): readonly string[] {
  if (INVENTORY.exec(script)?.[1] !== '0') return [];
  const text = ['regild-inventory\t1', ...(os === 'Windows' ? windowsInventory(script) : linuxInventory(script)), 'end', ''].join('\n');
  const packed = gzipSync(text).toString('base64');
  return [`regild-inventory\t${packed.length}\t${createHash('sha256').update(packed).digest('hex')}`, packed];
}

function windowsInventory(script: string): readonly string[] {
  const [id = 'windows-server', version = '', architecture = ''] = wordsAfter(SYSTEM, script);
  return [
    'system\tfamily\twindows',
    `system\tid\t${id}`,
    `system\tversion\t${version}`,
    `system\tname\t${id} ${version} (simulated)`,
    `system\tarchitecture\t${architecture}`,
    'system\tlocale\ten-US',
    'system\ttimeZone\tUTC',
    'windows\tedition\tServerDatacenter',
    'windows\tinstallationType\tServer',
    'windows\tbuild\t99999.9999',
    'windows\tlanguage\ten-US',
    ...wordsAfter(INSTALLS, script).map((name) => `feature\t${name}`),
    'service\tWindowsAzureGuestAgent\tenabled',
    ...['domain', 'private', 'public'].map((profile) => `setting\tfirewall\t${profile} profile\ton\tHKLM:\\SYSTEM`),
  ];
}

function linuxInventory(script: string): readonly string[] {
  const [id = 'linux', version = '', architecture = ''] = wordsAfter(SYSTEM, script);
  const manager = /debian|ubuntu/.test(id) ? 'deb' : 'rpm';
  return [
    `system\tid\t${id}`,
    `system\tversion\t${version}`,
    `system\tname\t${id} ${version} (simulated)`,
    `system\tarchitecture\t${architecture}`,
    'system\tinit\tsystemd',
    'system\ttimeZone\tEtc/UTC',
    ...['walinuxagent', 'cloud-init', ...wordsAfter(INSTALLS, script)].map(
      (name) => `package\t${manager}\t${name}\t${SIMULATED_VERSION}\t\tmanual`,
    ),
    'account\troot\t0\t0\t/root\t/bin/bash\tlocked\t0',
    'sudo\t/etc/sudoers\troot ALL=(ALL:ALL) ALL',
  ];
}

/** What the serial console of the guest shows: a boot that ended at the login prompt, or one whose provisioning agent never reported. */
export function serialLog({ os }: Pick<Guest, 'os'>, computerName: string, booted: boolean): string {
  return [...consoleLines(os, computerName, booted), ''].join('\r\n');
}

function consoleLines(os: Guest['os'], name: string, booted: boolean): readonly string[] {
  if (os === 'Windows') {
    return [
      '<simulated serial console>',
      'Computer is booting, SAC started and initialized.',
      booted ? 'The CMD command is now available.' : 'EVENT: oobeSystem did not complete.',
    ];
  }
  const kernel = [
    '<simulated serial console>',
    '[    0.000000] Hypervisor detected: Microsoft Hyper-V',
    '[    1.204113] hv_vmbus: registering driver hv_netvsc',
  ];
  const agent = ['[   18.442071] cloud-init[702]: Cloud-init finished. Datasource DataSourceAzure [seed=/dev/sr0].', `${name} login: `];
  return booted
    ? [...kernel, ...agent]
    : [...kernel, '[  242.118870] cloud-init[702]: DataSourceAzure: could not report ready to the fabric'];
}
