import type { VersionAction, VersionActions } from '../model/index.ts';
import { visible } from './encode.ts';
import { renderIssue } from './issue-text.ts';
import { printedJson } from './print-json.ts';

/** What was done to versions: for a terminal, or a program. Ends with a line feed. */
export function renderActions(actions: VersionActions, format: 'text' | 'json'): string {
  return format === 'json' ? printedJson(actions) : text(actions);
}

function text({ actions, users, advice, issues }: VersionActions): string {
  const lines = [...actions.map(line), ...users.map(userLine), ...advice.map((one) => `note      ${one}`)];
  return `${lines.map((one) => `${visible(one)}\n`).join('')}${issues.map(renderIssue).join('')}`;
}

const DONE: Readonly<Record<VersionAction['action'], string>> = {
  copy: 'copied',
  check: 'checked',
  promote: 'promoted',
  withdraw: 'withdrawn',
  revoke: 'revoked',
  end: 'ended',
  delete: 'deleted',
  keep: 'kept',
};

function line({ definition, version, action, regions, reason, outcome }: VersionAction): string {
  const what = outcome === 'done' || outcome === 'kept' ? DONE[action] : `${outcome === 'due' ? 'would' : 'failed to'} ${action}`;
  return `${what.padEnd(9)} ${definition}/${version}${regions ? ` in ${regions.join(', ')}` : ''}: ${reason}`;
}

function userLine({ version, kind, name, location, id }: VersionActions['users'][number]): string {
  return `runs it   ${kind === 'scale-set' ? 'scale set' : 'VM'} ${name} in ${location} runs ${version} (${id})`;
}
