import { expect, test } from 'vitest';
import { linesOf, planStep, Step } from '../../src/guest/steps/index.ts';

import { fleetOf, told } from '../manifest/told.ts';

const sha256 = 'a'.repeat(64);
const site = { file: 'steps/03-get', identity: undefined, text: () => '', folder: () => [] };
const none = { texts: new Map(), copies: new Map(), folders: new Map() };

function planned(url: string, to: string, system: 'linux' | 'windows') {
  const step = Step.parse({ kind: 'download', url, to, sha256 });
  const plan = planStep(step, none, { number: 1, system });
  const [provisioner] = 'provisioners' in plan ? plan.provisioners : [];
  return provisioner && { provisioner, lines: linesOf(provisioner, system, site) };
}

test('Linux fetches with what it has, compares, and then puts the file in place', () => {
  expect(planned("https://example.com/it's?a=1&b={{2}}", '/opt/app/tool', 'linux')).toEqual({
    provisioner: {
      kind: 'download',
      id: 'customize-1-download',
      phase: 'customize',
      title: "download https://example.com/it's?a=1&b={{2}} to /opt/app/tool",
      url: "https://example.com/it's?a=1&b={{2}}",
      to: '/opt/app/tool',
      sha256,
    },
    lines: {
      files: [
        {
          path: 'steps/03-get.sh',
          content: [
            'if command -v curl > /dev/null; then',
            "  curl --fail --silent --show-error --location --proto =https --retry 3 --output /opt/regild/steps/03-get.download -- 'https://example.com/it'\\''s?a=1&b={''{2}}'",
            'else',
            "  wget --quiet --tries=4 --output-document=/opt/regild/steps/03-get.download -- 'https://example.com/it'\\''s?a=1&b={''{2}}'",
            'fi',
            `echo '${sha256}  /opt/regild/steps/03-get.download' | sha256sum --check --quiet -`,
            'install -D -m 0644 -- /opt/regild/steps/03-get.download /opt/app/tool',
            '',
          ].join('\n'),
        },
      ],
      lines: ['sh -e /opt/regild/steps/03-get.sh'],
    },
  });
});

test('Windows does the same in a script of its own', () => {
  const lines = planned('https://example.com/a.msi', 'C:\\it[1]\\a.msi', 'windows')?.lines;
  expect(lines?.files?.[0]?.content.split('\n').slice(2, -1)).toEqual([
    "(New-Object Net.WebClient).DownloadFile('https://example.com/a.msi', 'C:\\regild\\steps\\03-get.download')",
    "$hash = (Get-FileHash -LiteralPath 'C:\\regild\\steps\\03-get.download' -Algorithm SHA256).Hash",
    `if ($hash -ne '${sha256}') { throw "the SHA-256 of the download is $hash" }`,
    "$ErrorActionPreference = 'Stop'",
    "[void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName('C:\\it[1]\\a.msi'))",
    "[IO.File]::Copy('C:\\regild\\steps\\03-get.download', 'C:\\it[1]\\a.msi', $true)",
  ]);
});

const item = (text: string) => told(fleetOf(`  web:\n    customize:\n      - download: ${text}\n`));

test('a download says where it comes from, where it goes and what it is', () => {
  expect(item(`{ url: 'https://example.com/a', to: /opt/a, sha256: ${sha256} }`)).toEqual([]);
  expect(item(`{ url: 'https://example.com/a', to: /opt/a }`)).toEqual([
    expect.stringMatching(/^8:\d+ \S+ \[web\] customize\[0\]\.download.*sha256/),
  ]);
});

test.each(['http://example.com/a', 'https://me:word@example.com/a', 'https:///a', 'ftp://example.com/a', 'https://example.com/a b'])(
  '%s is not fetched',
  (url) => {
    expect(item(`{ url: '${url}', to: /opt/a, sha256: ${sha256} }`)).toEqual([
      `8:26 VALUE_INVALID [web] customize[0].download.url "${url}" is not valid | a download is named by an https URL without a user in it; a secret belongs under \`secrets\` of a step`,
    ]);
  },
);
