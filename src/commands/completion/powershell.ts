import { powershellString } from '../../guest/quote.ts';
import type { CompletedVerb } from './table.ts';

/** Completion for Windows PowerShell 5.1 and PowerShell 7, with what each word is for. */
export function powershellCompletion(verbs: readonly CompletedVerb[]): string {
  return `# regild: regild completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName regild -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $verbs = @(
${verbs.map(({ name, summary }) => `    ,@(${powershellString(name)}, ${powershellString(summary)})`).join('\n')}
  )
  $values = @{
${verbs.flatMap(valueLines).join('\n')}
  }
  $words = @{
${verbs.map(verbLine).join('\n')}
  }
  $images = @(${verbs.flatMap(({ name, images }) => (images ? [powershellString(name)] : [])).join(', ')})
  $typed = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $typed = @($typed | Select-Object -SkipLast 1) }
  $verb = if ($typed.Count -gt 1) { $typed[1] } else { '' }
  $found = if ($verb -eq '') { $verbs }
    elseif ($values.ContainsKey($verb + ':' + $typed[-1])) { $values[$verb + ':' + $typed[-1]] }
    else {
      $words[$verb]
      if ($images -contains $verb) { regild completion images 2>$null | ForEach-Object { ,@($_, 'image') } }
    }
  $found | Where-Object { $_ -and $_[0].StartsWith($wordToComplete) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
  }
}
`;
}

function valueLines({ name, options }: CompletedVerb): readonly string[] {
  return options.flatMap(({ flags, value }) =>
    value === 'none'
      ? []
      : flags.map(
          (flag) => `    ${powershellString(`${name}:${flag}`)} = ${pairs(value === 'any' ? [] : value.map((one) => [one, flag]))}`,
        ),
  );
}

function verbLine({ name, options, words }: CompletedVerb): string {
  const flags = options.flatMap((option) => option.flags.map((flag) => [flag, option.description] as const));
  return `    ${powershellString(name)} = ${pairs([...words.map((word) => [word, name] as const), ...flags])}`;
}

/** The comma before each pair keeps PowerShell from laying a list of lists flat. */
function pairs(list: readonly (readonly [string, string])[]): string {
  return `@(${list.map(([word, description]) => `,@(${powershellString(word)}, ${powershellString(description === '' ? word : description)})`).join('; ')})`;
}
