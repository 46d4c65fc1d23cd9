import { maskSecrets } from '../mask-secrets.ts';
import type { AzureConnection } from './connect.ts';
import type { TestPlace } from './test-place.ts';

const LONGEST = 8000;

/** The last lines of the VM's serial console, at most 8,000 characters; undefined when there is none, or it cannot be had: it only ever explains. */
export async function readSerialLog(connection: AzureConnection, place: TestPlace): Promise<string | undefined> {
  try {
    const { virtualMachines } = await connection.compute(place.subscription);
    const { serialConsoleLogBlobUri } = await virtualMachines.retrieveBootDiagnosticsData(place.group, place.vm, {
      sasUriExpirationTimeInMinutes: 10,
    });
    const log = serialConsoleLogBlobUri === undefined ? undefined : await connection.download(serialConsoleLogBlobUri);
    return log === undefined ? undefined : lastLines(log);
  } catch {
    return undefined;
  }
}

/** Whole lines from the end of a log, without terminal control sequences and with secrets masked. */
export function lastLines(log: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a console log is full of them, and they would reach the user's terminal
  const plain = maskSecrets(log).replace(/\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
  if (plain.length <= LONGEST) return plain.trimEnd();
  const tail = plain.slice(-LONGEST);
  return tail.slice(tail.indexOf('\n') + 1).trimEnd();
}
