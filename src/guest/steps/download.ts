import * as z from 'zod';
import { record } from '../../model/schema.ts';
import { guestPath } from '../folder.ts';
import { powershellString } from '../quote.ts';
import * as onLinux from './linux-lines.ts';
import { defineStep } from './step.ts';
import * as onWindows from './windows-lines.ts';

const url = {
  pattern: /^https:\/\/[^\s/?#@]+(?:[/?#][^\s]*)?$/,
  rule: 'a download is named by an https URL without a user in it; a secret belongs under `secrets` of a step',
};
const hash = { pattern: /^[0-9a-f]{64}$/, rule: 'a SHA-256 is 64 lower-case hexadecimal digits' };

/** A file that the build VM fetches, and takes only with the content that was meant: what is too large for a template, and need not travel. */
export const download = defineStep({
  kind: 'download',
  entry: record({
    url: z.string(url.rule).regex(url.pattern, url.rule).describe('Where the build VM fetches it: an https URL that needs no login.'),
    to: z.string().min(1, 'name a path in the image').describe('Absolute path in the image.'),
    sha256: z.string(hash.rule).regex(hash.pattern, hash.rule).describe('SHA-256 of the content; any other ends the build.'),
  }).describe('A file that the build VM fetches from the network into the image.'),
  says: { url: z.string(), to: z.string(), sha256: z.string() },
  read: (entry) => entry,
  keeps: { url: z.string(), to: z.string(), sha256: z.string() },
  plan: (step) => ({ title: `download ${step.url} to ${step.to}`, keeps: { url: step.url, to: step.to, sha256: step.sha256 } }),
  linux: ({ url: from, to, sha256 }, { file }) => {
    const own = `${file}.download`;
    const path = guestPath('linux', own);
    return onLinux.script(file, [
      'if command -v curl > /dev/null; then',
      `  ${onLinux.words('curl', '--fail', '--silent', '--show-error', '--location', '--proto', '=https', '--retry', '3', '--output', path, '--', from)}`,
      'else',
      `  ${onLinux.words('wget', '--quiet', '--tries=4', `--output-document=${path}`, '--', from)}`,
      'fi',
      `echo '${sha256}  ${path}' | sha256sum --check --quiet -`,
      onLinux.place(own, to),
    ]);
  },
  windows: ({ url: from, to, sha256 }, { file }) => {
    const own = `${file}.download`;
    const path = powershellString(guestPath('windows', own));
    return onWindows.script(file, [
      '[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12',
      `(New-Object Net.WebClient).DownloadFile(${powershellString(from)}, ${path})`,
      `$hash = (Get-FileHash -LiteralPath ${path} -Algorithm SHA256).Hash`,
      `if ($hash -ne '${sha256}') { throw "the SHA-256 of the download is $hash" }`,
      ...onWindows.place(own, to),
    ]);
  },
});
