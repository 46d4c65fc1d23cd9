import type { Component, TableLines } from '../catalog/schema.ts';
import type { ComponentDecision } from '../model/index.ts';

/** What `components.tsv` says of a component. The schema lets nothing into a component that could end a field or a line. */
export function tableLines(component: Component): TableLines {
  const fields = linuxFields(component);
  const lines = (action: ComponentDecision['action']) => linesOf(component, action, fields);
  return { remove: lines('remove'), keep: lines('keep'), report: lines('report') };
}

function linesOf(component: Component, action: ComponentDecision['action'], fields: readonly string[]): string {
  const start = `${component.id}\t${action}\t${component.phase}\t`;
  return `${start}${fields.join(`\n${start}`)}\n`;
}

/** What stands behind the first three fields of each line. */
function linuxFields(component: Component): readonly string[] {
  const { detect, uninstallers = [], uninstallUnless = [], edits = [] } = component;
  return [
    `title\t${component.title}`,
    `policy\t${component.policy}`,
    `leftover\t${leftoverWord(component)}`,
    ...named('deb', detect.deb),
    ...named('rpm', detect.rpm),
    ...named('snap', detect.snap),
    ...named('pip', detect.pip),
    ...named('service', detect.services),
    ...named('path', detect.paths),
    ...named('user', detect.users),
    ...(detect.contents ?? []).flatMap(({ files, pattern }) => files.map((file) => `content\t${file}\t${pattern}`)),
    ...(component.packages === 'keep' ? ['packages\tkeep'] : []),
    ...named('uninstall', uninstallers),
    ...named('uninstall-unless', uninstallUnless),
    ...named('remove-path', component.removePaths),
    ...edits.flatMap(({ files, pattern, replacement }) =>
      files.map((file) =>
        replacement === undefined ? `delete-line\t${file}\t${pattern}` : `substitute\t${file}\t${pattern}\t${replacement}`,
      ),
    ),
  ];
}

function named(field: string, values: readonly string[]): readonly string[] {
  return values.map((value) => `${field}\t${value}`);
}

/** What the tables call what a leftover of it means. */
export function leftoverWord({ leftover }: Component): 'block' | 'warn' | 'harmless' {
  return typeof leftover === 'string' ? leftover : 'block';
}
