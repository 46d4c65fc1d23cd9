import { posix } from 'node:path';
import { RegildError } from '../errors.ts';
import type { Repository } from '../ports.ts';
import { oneLine } from './one-line.ts';

type Git = (...words: readonly string[]) => Promise<string>;

/** The git repository around a folder, asked through the program git; nothing is written, and no pager, editor or diff program of the user's is started. */
export function createRepository(folder: string, environment: Readonly<Record<string, string | undefined>>): Repository {
  const git: Git = async (...words) => (await run(folder, environment, words)) ?? '';
  return {
    async commonCommit(ref) {
      const commit = await run(folder, environment, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], REFUSED);
      if (commit === undefined) throw unknownRef(ref);
      const common = await run(folder, environment, ['merge-base', 'HEAD', commit.trim()], REFUSED);
      if (common === undefined) throw noCommonCommit(ref);
      return common.trim();
    },
    async changedSince(commit) {
      const [prefix, differing, uncommitted] = await Promise.all([
        git('rev-parse', '--show-prefix'),
        git('diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-relative', '--end-of-options', commit, '--'),
        git('ls-files', '--others', '--exclude-standard', '-z', '--full-name', ':/'),
      ]);
      const above = `/${prefix.replace(/\n$/, '')}`;
      return [...differing.split('\0'), ...uncommitted.split('\0')]
        .filter((path) => path !== '')
        .map((path) => posix.relative(above, `/${path}`))
        .toSorted();
    },
    async ignores(path) {
      return (await run(folder, environment, ['check-ignore', '--quiet', '--', path], REFUSED)) !== undefined;
    },
    async textAt(commit, path) {
      const listed = await git('--literal-pathspecs', 'ls-tree', '-z', '--end-of-options', commit, '--', path);
      const blob = /^\d+ blob ([0-9a-f]+)\t/.exec(listed)?.[1];
      return blob === undefined ? undefined : git('cat-file', 'blob', blob);
    },
  };
}

/** What git ends with when it says no: `rev-parse --quiet --verify`, `merge-base` and `check-ignore` use 1. */
const REFUSED = 1;

/** What git prints; undefined where it ends with the exit code that means no. */
async function run(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  words: readonly string[],
  no?: number,
): Promise<string | undefined> {
  // Every verb can reach a repository and few ask it; loading execa takes 20 MB.
  const { execa } = await import('execa');
  const answer = await execa('git', words, {
    cwd: folder,
    env: { ...environment, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    stripFinalNewline: false,
  });
  if (!answer.failed) return answer.stdout;
  if (no !== undefined && answer.exitCode === no) return undefined;
  const said =
    answer.code === 'ENOENT'
      ? 'there is no program git in PATH'
      : oneLine(answer.stderr || answer.shortMessage || 'it ended without a word');
  throw new RegildError('USAGE', `git cannot say what changed: ${said}`, {
    hint: 'call it in a git repository, or without --changed-since',
  });
}

function unknownRef(ref: string): RegildError {
  return new RegildError('COMMIT_NOT_FOUND', `git knows no commit ${JSON.stringify(ref)}`, {
    hint: 'fetch the whole history (`fetch-depth: 0` of actions/checkout, `fetchDepth: 0` in Azure Pipelines, `GIT_DEPTH: 0` in GitLab), or list every image without --changed-since',
  });
}

function noCommonCommit(ref: string): RegildError {
  return new RegildError('COMMIT_NOT_FOUND', `HEAD and ${JSON.stringify(ref)} have no commit in common`, {
    hint: 'fetch the whole history (`fetch-depth: 0`), or name a commit of this branch',
  });
}
