import type { Node } from 'web-tree-sitter';
import { walk } from './grammar.ts';

/** What is wrong with a place in a script. */
export interface Finding {
  readonly line: number;
  readonly what: string;
}

/** Commands and parameters that Windows PowerShell 5.1 lacks, by the command they belong to (`*` = any). Source: about_* and cmdlet help of PowerShell 7. */
const LATER: readonly { readonly command: RegExp; readonly parameter?: RegExp }[] = [
  { command: /^(ForEach-Object|foreach|%)$/i, parameter: /^-(Parallel|ThrottleLimit|AsJob)$/i },
  { command: /^(Get|Set|Add)-Content$/i, parameter: /^-AsByteStream$/i },
  { command: /^ConvertFrom-Json$/i, parameter: /^-(AsHashtable|Depth|NoEnumerate|DateKind)$/i },
  { command: /^ConvertTo-Json$/i, parameter: /^-(AsArray|EscapeHandling)$/i },
  {
    command: /^(Invoke-WebRequest|Invoke-RestMethod|iwr|irm)$/i,
    parameter: /^-(SkipCertificateCheck|SkipHttpErrorCheck|Authentication|Token|MaximumRetryCount|RetryIntervalSec|NoProxy|Form)$/i,
  },
  { command: /^Split-Path$/i, parameter: /^-(LeafBase|Extension)$/i },
  { command: /^Join-Path$/i, parameter: /^-AdditionalChildPath$/i },
  { command: /^Select-String$/i, parameter: /^-(Raw|NoEmphasis|Culture)$/i },
  { command: /^Start-Process$/i, parameter: /^-Environment$/i },
  { command: /^Test-Connection$/i, parameter: /^-(TargetName|TcpPort|Ping|Traceroute)$/i },
  {
    command:
      /^(Test-Json|Get-Uptime|Get-Error|Remove-Service|Join-String|Remove-Alias|ConvertFrom-Markdown|Show-Markdown|Switch-Process)$/i,
  },
];

/** Places that are no PowerShell: what the grammar could not read, and tokens it had to add. */
export function syntaxFindings(root: Node): readonly Finding[] {
  return [...walk(root)]
    .filter((node) => node.isError || node.isMissing)
    .map((node) => ({
      line: node.startPosition.row + 1,
      what: node.isMissing ? `missing ${node.type}` : `no PowerShell 5.1: ${node.text.slice(0, 60)}`,
    }));
}

/**
 * Places that PowerShell 7 reads and Windows PowerShell 5.1 does not, or not alike. The ternary operator, `??`, `?.` and `?[` are
 * already findings of the syntax. Text outside ASCII is read in the machine's code page, since the files have no byte order mark.
 */
export function laterFindings(root: Node): readonly Finding[] {
  return [...walk(root)].flatMap((node) => {
    const what = ofLaterVersion(node);
    return what === undefined ? [] : [{ line: node.startPosition.row + 1, what }];
  });
}

function ofLaterVersion(node: Node): string | undefined {
  switch (node.type) {
    case 'pipeline_chain_tail':
      return 'a chain of pipelines (&& or ||) needs PowerShell 7';
    case 'command':
      return ofLaterCommand(node);
    case 'variable':
      return /^\$Is(Windows|Linux|MacOS|CoreCLR)$/i.test(node.text) ? `${node.text} is not set in 5.1` : undefined;
    case 'expandable_string_literal':
      return /(?<!`)(``)*`(e|u\{)/.test(node.text) ? 'the escapes `e and `u{} need PowerShell 6' : undefined;
    case 'program':
      return /[^\t\n\r\x20-\x7e]/.test(node.text) ? 'text outside ASCII' : undefined;
    default:
      return undefined;
  }
}

function ofLaterCommand(command: Node): string | undefined {
  const name = command.children.find((child) => child?.type === 'command_name')?.text ?? '';
  const elements = command.children.find((child) => child?.type === 'command_elements')?.children ?? [];
  const parameters = elements.flatMap((child) => (child?.type === 'command_parameter' ? [child.text.replace(/:$/, '')] : []));
  if (name === 'clean' && elements.some((child) => child?.text.startsWith('{'))) return 'the block `clean` needs PowerShell 7.3';
  const found = LATER.find(
    (later) => later.command.test(name) && (later.parameter === undefined || parameters.some((each) => later.parameter?.test(each))),
  );
  return found && `${name} ${parameters.join(' ')} needs a later PowerShell than 5.1`.replace('  ', ' ');
}
