import { type CheckResult, type Question, type RegionState, type TestedVm, vmName } from '../model/index.ts';
import { type ComponentFate, countFates, isFound } from './components.ts';
import { opening, tableOf } from './html-parts.ts';
import { type Markup, markup, when } from './markup.ts';
import { measuredRows } from './measurements.ts';
import { prose } from './prose.ts';
import { blocksPublishing, countChecks, readiness } from './summary.ts';

export function questionPart(questions: readonly Question[]): Markup | undefined {
  if (questions.length === 0) return undefined;
  return markup`<ul class="issues">\n${questions.map(({ text, options, answerWith }) => {
    const choices = options.map(({ value, consequence }) => markup`<li><code>${value}</code> ${prose(consequence)}</li>`);
    return markup`<li class="ask"><strong>question</strong><div>${prose(text)}</div><ul>${choices}</ul><div class="soft">answer with <code>${answerWith}</code> in the manifest</div></li>\n`;
  })}</ul>\n`;
}

export function regionPart(regions: readonly RegionState[]): Markup | undefined {
  if (regions.length === 0) return undefined;
  const tone = { Completed: 'good', Failed: 'bad', Replicating: 'warn', Unknown: 'soft' } as const;
  const rows = regions.map(({ name, state, progress, detail = '' }) => {
    const bar = markup`<progress max="100" value="${progress}"></progress>`;
    return markup`<tr><td class="code">${name}</td><td>${bar}<span class="${tone[state]}">${state}</span></td><td>${detail}</td></tr>\n`;
  });
  return markup`<h3>Regions</h3>\n${tableOf(rows)}`;
}

export function vmPart(vms: readonly TestedVm[]): Markup | undefined {
  if (vms.length === 0) return undefined;
  return markup`<h3>Test VMs</h3>\n${vms.map((vm) => {
    const console = when(
      vm.serialLog,
      (log) =>
        markup`<pre>${log
          .trimEnd()
          .split('\n')
          .map((line) => markup`${line}\n`)}</pre>\n`,
    );
    const rows = [...vm.checks].sort((a, b) => weight(b) - weight(a)).map(checkRow);
    return markup`${opening(`${vmName(vm)}: ${readiness(vm)}, ${countChecks(vm.checks) || 'no checks'}`, tableOf(rows, '', ['check', 'result', 'detail']))}${measuredTable(vm)}${console}`;
  })}`;
}

function measuredTable(vm: TestedVm): Markup | undefined {
  const rows = measuredRows(vm).map(({ title, value, ami, limit, how, kept }) => {
    const tone = kept === undefined ? '' : kept ? 'good' : 'bad';
    return markup`<tr><td>${title}</td><td class="${tone}">${value}</td><td>${ami}</td><td>${limit}</td><td>${how}</td></tr>\n`;
  });
  return tableOf(rows, '', ['measured', 'figure', 'the AMI', 'limit', 'how']);
}

function checkRow(check: CheckResult): Markup {
  const result = { pass: 'passed', fail: 'failed', error: 'not run', skip: 'skipped' }[check.status];
  const tone = check.status === 'pass' ? 'good' : check.status === 'skip' ? 'soft' : blocksPublishing(check) ? 'bad' : 'warn';
  return markup`<tr><td>${check.title}${idOf(check)}</td><td class="${tone}">${result}</td><td>${prose(check.detail)}</td></tr>\n`;
}

/** What `regild catalog show` and the pages of reference know it by. */
function idOf({ id }: Pick<CheckResult, 'id'>): Markup {
  return markup`<div class="soft"><code>${id}</code></div>`;
}

/** What blocks first, then what failed, then the rest. */
function weight(check: CheckResult): number {
  if (blocksPublishing(check)) return 2;
  return check.status === 'fail' || check.status === 'error' ? 1 : 0;
}

export function componentPart(components: readonly ComponentFate[]): Markup | undefined {
  if (components.length === 0) return undefined;
  const order = ['keep', 'report', 'remove'];
  const tones = { removed: 'good', kept: 'soft', reported: 'soft', left: 'bad', 'not found': 'soft' } as const;
  const rows = [...components]
    .sort((a, b) => Number(isFound(b)) - Number(isFound(a)) || order.indexOf(a.action) - order.indexOf(b.action))
    .map(({ id, title, action, reason, outcome, found = [], azureEquivalent = '' }) => {
      const became = when(outcome, (word) => markup`<span class="${tones[word]}">${word}</span>`);
      return markup`<tr><td>${title}${idOf({ id })}</td><td>${action}</td><td>${prose(reason)}</td><td>${found.slice(0, 3).join('; ')}</td><td>${became}</td><td>${azureEquivalent}</td></tr>\n`;
    });
  const columns = ['component', 'action', 'reason', "on the AMI's disk", 'outcome', 'on Azure'];
  return markup`<h3>AWS components</h3>\n${opening(countFates(components), tableOf(rows, '', columns))}`;
}
