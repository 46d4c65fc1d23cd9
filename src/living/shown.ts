import {
  COPIED_TAG,
  type Drift,
  digestOf,
  type ExistingVersion,
  type ImageSpec,
  mayBeAlive,
  REVOKED_TAG,
  RUN_TAG,
  roughDuration,
  runTime,
  type Tags,
} from '../model/index.ts';
import { usersOf } from './retention.ts';
import { stateOf } from './versions.ts';
import type { Actual, Wish } from './wish.ts';

/** Days before the end of an operating system's support from which on it is spoken of. */
const SUPPORT_NOTICE_DAYS = 180;
const DAY = 86_400_000;

/** What a person, another verb or the next rebuild deals with. */
export function shownDrifts({ spec, plan, release }: Wish, { versions, users, builds }: Actual, now: Date): readonly Drift[] {
  const own = versions.filter(({ tags }) => tags[RUN_TAG] !== undefined && tags[COPIED_TAG] === undefined);
  const staged = own.filter((version) => ['staged', 'busy'].includes(stateOf(version)));
  const building = builds.filter(({ tags, deleting }) => !deleting && !staged.some((version) => version.tags[RUN_TAG] === tags[RUN_TAG]));
  return [
    ...building.map(({ tags }) => unfinished(spec, tags, undefined, now)),
    ...staged.map((version) =>
      plan && digestOf(version.tags) !== undefined && digestOf(version.tags) !== plan.digest
        ? obsolete(version)
        : unfinished(spec, version.tags, version.name, now),
    ),
    ...(users ? versions.flatMap((version) => revokedInUse(version, users)) : []),
    ...supportEnds(release, now),
  ];
}

/** The run that is at work on an image, or was: one that began less long ago than build and tests may take is taken for alive. */
function unfinished(spec: ImageSpec, tags: Tags, version: string | undefined, now: Date): Drift {
  const run = tags[RUN_TAG] ?? '';
  const started = runTime(run);
  const age = started === undefined ? undefined : now.getTime() - started.getTime();
  const what = version === undefined ? 'a build' : `version ${version}`;
  const since = age === undefined ? '' : `, ${roughDuration(age)} ago`;
  const common = version === undefined ? {} : { version };
  return mayBeAlive(tags, now)
    ? { kind: 'build-running', reason: `run ${run} works on ${what} of ${spec.name}${since}`, ...common }
    : {
        kind: 'staged-left',
        reason: `run ${run} left ${what} of ${spec.name} unfinished${since}: \`regild build ${spec.name} --run-id ${run}\` goes on with it`,
        ...common,
      };
}

function obsolete({ name, tags }: ExistingVersion): Drift {
  return {
    kind: 'staged-left',
    reason: `run ${tags[RUN_TAG]} staged version ${name} of an older recipe, AMI or base; \`regild sweep --staged\` deletes it`,
    version: name,
  };
}

function revokedInUse(version: ExistingVersion, users: NonNullable<Actual['users']>): readonly Drift[] {
  const using = stateOf(version) === 'revoked' ? usersOf(version, users) : [];
  if (using.length === 0) return [];
  const names = using.map(({ name, location }) => `${name} (${location})`).join(', ');
  const reason = `version ${version.name} was revoked (${version.tags[REVOKED_TAG]}) and is run by ${names}: make them again from latest`;
  return [{ kind: 'revoked-in-use', reason, version: version.name }];
}

function supportEnds(release: Wish['release'], now: Date): readonly Drift[] {
  const { standard, extended } = release?.support ?? {};
  if (release === undefined || standard === undefined) return [];
  const left = Date.parse(standard) - now.getTime();
  if (left > SUPPORT_NOTICE_DAYS * DAY) return [];
  const longer = extended === undefined ? '' : `, extended support on ${extended}`;
  const when = left > 0 ? `ends on ${standard}` : `ended on ${standard}`;
  return [{ kind: 'support-ends', reason: `standard support of ${release.distro} ${release.version} ${when}${longer}` }];
}
