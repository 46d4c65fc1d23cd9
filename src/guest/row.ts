import type { Phase } from '../model/index.ts';
import { checkFile, libraryFiles } from './scripts.ts';

/** One run of a guest script: `script` and its `arguments`, started by root or an administrator from the folder that holds all guest files. */
export interface GuestStep {
  readonly id: string;
  readonly title: string;
  readonly phase: Phase;
  /** Path below the installation, for example `scripts/linux/boot.sh`. */
  readonly script: string;
  readonly arguments: readonly string[];
  /** The guest restarts before this step: it looks at what only a boot proves. */
  readonly restartBefore?: true;
}

/**
 * regild's own steps in the order they run; the user's steps go after the last `add-azure`.
 * Within a phase the replacement is written first and the AWS part removed after it, so that the guest stays reachable
 * (facts: "add Azure first"). The distributions are told apart inside the guest, in `lib/`: the row is the same for all.
 */
export function guestSteps(os: 'linux' | 'windows'): readonly GuestStep[] {
  return os === 'windows' ? WINDOWS : LINUX;
}

/** Every script that must lie in the guest's folder before the first step: steps call each other, share a library, and run these checks (ids). */
export function guestScriptFiles(os: 'linux' | 'windows', checks: readonly string[]): readonly string[] {
  return [...new Set([...libraryFiles(os), ...guestSteps(os).map(({ script }) => script), ...checks.map((id) => checkFile(os, id))])];
}

const LINUX: readonly GuestStep[] = [
  {
    id: 'inventory-before',
    title: 'list what is installed, and refuse a machine that is not the planned one',
    phase: 'inventory',
    script: linux('inventory'),
    arguments: ['before'],
  },
  {
    id: 'grow',
    title: 'give the room of a larger disk to the volumes of LVM',
    phase: 'add-azure',
    script: linux('grow'),
    arguments: [],
  },
  { id: 'add-azure', title: 'Azure agent, drivers and tools', phase: 'add-azure', script: linux('add-azure'), arguments: [] },
  {
    id: 'remove-agents',
    title: 'remove AWS agents, tools and their accounts',
    phase: 'remove-aws',
    script: linux('remove-aws'),
    arguments: ['remove-aws'],
  },
  { id: 'configure', title: 'Azure datasource, time and login settings', phase: 'configure', script: linux('configure'), arguments: [] },
  {
    id: 'remove-configuration',
    title: 'remove AWS datasource, mirrors and login settings',
    phase: 'configure',
    script: linux('remove-aws'),
    arguments: ['configure'],
  },
  { id: 'network', title: 'network for Azure', phase: 'network', script: linux('network'), arguments: [] },
  {
    id: 'remove-network',
    title: 'remove AWS network configuration',
    phase: 'network',
    script: linux('remove-aws'),
    arguments: ['network'],
  },
  { id: 'remove-boot', title: 'remove AWS boot configuration', phase: 'boot', script: linux('remove-aws'), arguments: ['boot'] },
  { id: 'boot', title: 'kernel arguments, initramfs and file systems for Azure', phase: 'boot', script: linux('boot'), arguments: [] },
  {
    id: 'remove-kernels',
    title: 'remove AWS kernels',
    phase: 'verify',
    script: linux('remove-aws'),
    arguments: ['verify'],
    restartBefore: true,
  },
  {
    id: 'remove-secrets',
    title: 'remove AWS credentials and registrations',
    phase: 'verify',
    script: linux('remove-aws'),
    arguments: ['generalize'],
  },
  { id: 'leak-scan', title: 'scan for secrets', phase: 'verify', script: linux('leak-scan'), arguments: ['guest'] },
  { id: 'inventory-after', title: 'list what is installed', phase: 'verify', script: linux('inventory'), arguments: ['after'] },
  { id: 'record', title: 'record what became of the AWS components', phase: 'verify', script: linux('record'), arguments: [] },
  { id: 'checks', title: 'checks before generalize', phase: 'verify', script: linux('checks'), arguments: ['guest'] },
  { id: 'generalize', title: 'clean up, scan again and deprovision', phase: 'generalize', script: linux('generalize'), arguments: [] },
];

const WINDOWS: readonly GuestStep[] = [
  {
    id: 'inventory-before',
    title: 'list what is installed, and refuse a machine that is not the planned one',
    phase: 'inventory',
    script: windows('inventory'),
    arguments: ['before'],
  },
  { id: 'grow', title: 'give the room of a larger disk to the system drive', phase: 'add-azure', script: windows('grow'), arguments: [] },
  { id: 'add-azure', title: 'Azure VM agent', phase: 'add-azure', script: windows('add-azure'), arguments: [] },
  {
    id: 'remove-agents',
    title: 'remove AWS agents and tools',
    phase: 'remove-aws',
    script: windows('remove-aws'),
    arguments: ['remove-aws'],
  },
  {
    id: 'configure',
    title: 'KMS, time, Remote Desktop, firewall and boot settings for Azure',
    phase: 'configure',
    script: windows('configure'),
    arguments: [],
  },
  {
    id: 'remove-configuration',
    title: 'remove AWS licensing and time settings',
    phase: 'configure',
    script: windows('remove-aws'),
    arguments: ['configure'],
  },
  { id: 'remove-network', title: 'remove AWS routes and names', phase: 'network', script: windows('remove-aws'), arguments: ['network'] },
  { id: 'remove-boot', title: 'remove AWS page file settings', phase: 'boot', script: windows('remove-aws'), arguments: ['boot'] },
  {
    id: 'remove-drivers',
    title: 'remove AWS drivers',
    phase: 'verify',
    script: windows('remove-aws'),
    arguments: ['verify'],
    restartBefore: true,
  },
  {
    id: 'remove-secrets',
    title: 'remove AWS credentials and answer files',
    phase: 'verify',
    script: windows('remove-aws'),
    arguments: ['generalize'],
  },
  { id: 'leak-scan', title: 'scan for secrets', phase: 'verify', script: windows('leak-scan'), arguments: ['guest'] },
  { id: 'inventory-after', title: 'list what is installed', phase: 'verify', script: windows('inventory'), arguments: ['after'] },
  { id: 'record', title: 'record what became of the AWS components', phase: 'verify', script: windows('record'), arguments: [] },
  { id: 'checks', title: 'checks before Sysprep', phase: 'verify', script: windows('checks'), arguments: ['guest'], restartBefore: true },
  { id: 'generalize', title: 'clean up and Sysprep', phase: 'generalize', script: windows('generalize'), arguments: [] },
];

function linux(name: string): string {
  return `scripts/linux/${name}.sh`;
}

function windows(name: string): string {
  return `scripts/windows/${name}.ps1`;
}
