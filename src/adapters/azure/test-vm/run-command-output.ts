import type { RunCommandResult } from '@azure/arm-compute';

/** What a script printed, from a Run Command result: two statuses on Windows, one text with two marked parts on Linux. */
export function runCommandOutput({ value = [] }: RunCommandResult): { readonly stdout: string; readonly stderr: string } {
  const stream = (name: string) => value.find(({ code = '' }) => code.startsWith(`ComponentStatus/${name}/`))?.message;
  const stdout = stream('StdOut');
  return stdout === undefined ? marked(value[0]?.message ?? '') : { stdout, stderr: stream('StdErr') ?? '' };
}

/** `Enable succeeded: \n[stdout]\n…\n[stderr]\n…`. The last `[stderr]` counts, since the first may be something that the script printed. */
function marked(message: string): { readonly stdout: string; readonly stderr: string } {
  const out = message.indexOf('[stdout]\n');
  const err = message.lastIndexOf('\n[stderr]');
  if (out < 0) return { stdout: '', stderr: message };
  const from = out + '[stdout]\n'.length;
  return {
    stdout: message.slice(from, err < from ? undefined : err),
    stderr: err < from ? '' : message.slice(err + '\n[stderr]'.length).replace(/^\n/, ''),
  };
}
