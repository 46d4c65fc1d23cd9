import { expect, test } from 'vitest';
import { linesOf, planStep, Step } from '../../src/guest/steps/index.ts';
import { sha256 } from '../../src/model/index.ts';
import { fleetOf, told } from '../manifest/told.ts';

const STATES = [
  { path: 'top.sls', content: "base:\n  '*': [motd]\n" },
  { path: 'motd.sls', content: '/etc/motd:\n  file.managed:\n    - contents: hello\n' },
];
const found = { texts: new Map(), copies: new Map(), folders: new Map([['salt', STATES]]) };
const site = { file: 'steps/03-salt', identity: undefined, text: () => '', folder: () => STATES };

function planned(apply: readonly string[], system: 'linux' | 'windows' = 'linux') {
  const plan = planStep(Step.parse({ kind: 'salt', states: 'salt', apply }), found, { number: 1, system });
  const [provisioner] = 'provisioners' in plan ? plan.provisioners : [];
  return provisioner && { provisioner, lines: linesOf(provisioner, system, site) };
}

const script = (last: string) =>
  [
    'PATH=$PATH:/opt/saltstack/salt',
    'command -v salt-call >/dev/null || {',
    "  echo 'salt-call is not installed: install Salt in an earlier step' >&2",
    '  exit 1',
    '}',
    last,
    '',
  ].join('\n');

test('states are applied without a master, and all that Salt keeps of the run lies in the folder that generalize deletes', () => {
  const place = '/opt/regild/steps/03-salt';
  expect(planned(['motd', "it's"])).toEqual({
    provisioner: {
      kind: 'salt',
      id: 'customize-1-salt',
      phase: 'customize',
      title: "salt motd, it's",
      states: 'salt',
      apply: ['motd', "it's"],
      files: STATES.map(({ path, content }) => ({ path, bytes: content.length, sha256: sha256(content) })),
    },
    lines: {
      files: [
        {
          path: 'steps/03-salt.sh',
          content: script(
            `salt-call --local --retcode-passthrough --state-output=changes --config-dir=${place} state.apply 'motd,it'\\''s'`,
          ),
        },
        {
          path: 'steps/03-salt/minion',
          content: JSON.stringify({
            id: 'image',
            file_client: 'local',
            file_roots: { base: [`${place}/states`] },
            pki_dir: `${place}/pki`,
            cachedir: `${place}/cache`,
            sock_dir: `${place}/run`,
            log_file: `${place}/log`,
          }),
        },
        ...STATES.map(({ path, content }) => ({ path: `steps/03-salt/states/${path}`, content })),
      ],
      lines: [`sh -e ${place}.sh`],
    },
  });
});

test('without names top.sls says what is applied', () => {
  const { provisioner, lines } = planned([]) ?? {};
  expect([provisioner?.title, lines?.files?.[0]?.content]).toEqual([
    'salt states of salt',
    script('salt-call --local --retcode-passthrough --state-output=changes --config-dir=/opt/regild/steps/03-salt state.apply'),
  ]);
});

test('a folder that is not there is named', () => {
  const step = Step.parse({ kind: 'salt', states: 'gone', apply: [] });
  expect(planStep(step, found, { number: 1, system: 'linux' })).toEqual({ missing: 'gone' });
});

test('images.yaml: no state at all is refused, an absent list is what top.sls says', () => {
  const item = (text: string) => told(fleetOf(`  web:\n    customize:\n      - salt: ${text}\n`));
  expect(item('{ states: salt }')).toEqual([]);
  expect(item('{ states: salt, apply: [] }')).toEqual([
    expect.stringMatching(
      /^8:\d+ \S+ \[web\] customize\[0\]\.salt\.apply .*name at least one state, or leave it out for what top\.sls says/,
    ),
  ]);
});
