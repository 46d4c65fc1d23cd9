import { execa } from 'execa';

/** The shells that guests have; a machine without one of them runs fewer tests. */
export const SHELLS = [['dash'], ['bash'], ['busybox', 'sh']] as const;
export type Shell = (typeof SHELLS)[number];

export const LINUX = new URL('../../../scripts/linux/', import.meta.url).pathname;

/** Whether a program is installed here. */
export async function installed(program: string): Promise<boolean> {
  return (await execa('sh', ['-c', 'command -v "$0"', program], { reject: false })).exitCode === 0;
}

/** Runs text under a shell with the library loaded, as a Debian guest; `$1`… are the arguments. */
export function run([program, ...words]: Shell, text: string, args: readonly string[] = [], input = '') {
  return execa(program, [...words, '-c', `REGILD_HOME='${LINUX}' REGILD_FAMILY=debian; . '${LINUX}lib.sh'\n${text}`, 'test', ...args], {
    reject: false,
    input,
  });
}
