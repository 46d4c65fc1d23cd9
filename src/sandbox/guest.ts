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

const RECORD = /^\s*#\s*regild-record:[ \t]*(\S+)\s*$/im;

/** Rows of a script's component table, for Linux and as JSON for Windows: a component that is to be removed. */
const REMOVED = /^([a-z0-9-]+)\tremove\t|"id": "([a-z0-9-]+)",[^{}]*?"action": "remove"/gm;

/** As many components as the simulated image's record holds. */
const RECORDED = 2;

/**
 * Runs a script as the sandbox can: one line `regild-check<TAB>id<TAB>pass|fail<TAB>simulated` for each id on its line
 * `# regild-checks: id1 id2 …`, in that order, and for its line `# regild-record: digest` a record of that plan: the first components of the script's
 * table that are to be removed were. A script without these lines prints nothing.
 */
export function runInGuest(script: string, guest: Guest): GuestOutput {
  if (guest.mute) return { stdout: '', stderr: '' };
  const ids =
    CHECKS.exec(script)?.[1]
      ?.split(/\s+/)
      .filter((id) => id !== '') ?? [];
  const newline = guest.os === 'Windows' ? '\r\n' : '\n';
  const lines = [...ids.map((id) => checkLine(id, guest.failing)), ...recordLines(script)];
  return { stdout: lines.map((line) => `${line}${newline}`).join(''), stderr: '' };
}

function checkLine(id: string, failing: readonly string[]): string {
  return ['regild-check', id, failing.includes(id) ? 'fail' : 'pass', 'simulated'].join('\t');
}

function recordLines(script: string): readonly string[] {
  const digest = RECORD.exec(script)?.[1];
  if (digest === undefined) return [];
  const ids = new Set([...script.matchAll(REMOVED)].map(([, row, json]) => row ?? json));
  const removed = [...ids].slice(0, RECORDED).map((id) => `regild-component\t${id}\tremoved\tsimulated`);
  return [`regild-record\t${digest}\t${removed.length}`, ...removed];
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
