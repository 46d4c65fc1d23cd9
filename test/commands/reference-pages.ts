import type { Argument, Command, Option } from 'commander';
import { ENVIRONMENT } from '../../src/commands/environment.ts';

/** The page of the command line, from the program itself: every verb with its arguments and options. */
export function cliPage(program: Command): string {
  const verbs = program.commands.filter((verb) => verb.name() !== 'help');
  return `# Command line

\`regild help <verb>\` says the same in a terminal, with examples. This page is written from the program; a test holds it to it.

${verbs.map((verb) => section(verb, [verb.name()])).join('\n')}`;
}

function section(verb: Command, names: readonly string[]): string {
  const words = verb.registeredArguments.map((argument) => (argument.required ? `<${nameOf(argument)}>` : `[${nameOf(argument)}]`));
  const usage = ['regild', ...names, ...words].join(' ');
  const parts = [`## ${names.join(' ')}`, verb.description(), `\`${usage}\``, ...tableOf(verb.registeredArguments, visibleOptions(verb))];
  const below = verb.commands.filter((one) => one.name() !== 'help').map((one) => section(one, [...names, one.name()]));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n${below.length === 0 ? '' : `\n${below.join('\n')}`}`;
}

function nameOf(argument: Argument): string {
  return `${argument.name()}${argument.variadic ? '...' : ''}`;
}

function visibleOptions(verb: Command): readonly Option[] {
  return verb.options.filter(({ hidden }) => !hidden);
}

function tableOf(words: readonly Argument[], options: readonly Option[]): readonly string[] {
  const rows = [
    ...words.map((argument) => `| \`${nameOf(argument)}\` | ${cell(argument.description)} |`),
    ...options.map((option) => `| \`${cell(option.flags)}\` | ${cell([option.description, ...remarks(option)].join('; '))} |`),
  ];
  return rows.length === 0 ? [] : [['| | |', '|---|---|', ...rows].join('\n')];
}

function remarks({ argChoices, defaultValue, defaultValueDescription, envVar, mandatory }: Option): readonly string[] {
  const given =
    defaultValueDescription ?? (typeof defaultValue === 'string' || typeof defaultValue === 'number' ? String(defaultValue) : '');
  return [
    argChoices === undefined ? '' : `one of ${argChoices.map((one) => `\`${one}\``).join(', ')}`,
    given === '' ? '' : `default \`${given}\``,
    envVar === undefined ? '' : `or in \`${envVar}\``,
    mandatory ? 'must be given' : '',
  ].filter((part) => part !== '');
}

/** Text in a cell of a Markdown table: nothing in it is HTML or ends the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly $ref?: string;
}

/** The page of the manifest, from its JSON Schema: every key with what it may be and what it means. */
export function manifestPage(schema: Schema): string {
  const rows = keysOf(schema, '', schema).map(({ path, type, meaning }) => `| \`${path}\` | ${cell(type)} | ${cell(meaning)} |`);
  return `# The manifest

Every key of \`images.yaml\`. \`<name>\` stands for a name of yours, \`[]\` for each entry of a list. What stands under \`defaults\` holds for every image whose entry does
not say it. \`regild schema manifest\` prints the JSON Schema that this page is written from, which editors complete and check with; a test holds it to it.

| key | value | meaning |
|---|---|---|
${rows.join('\n')}
`;
}

interface Key {
  readonly path: string;
  readonly type: string;
  readonly meaning: string;
}

function keysOf(given: Schema, path: string, root: Schema): readonly Key[] {
  const schema = resolved(given, root);
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, below]) =>
    keyAnd(below, path === '' ? name : `${path}.${name}`, root),
  );
  const others = typeof schema.additionalProperties === 'object' ? keyAnd(schema.additionalProperties, `${path}.<name>`, root) : [];
  const items = schema.items === undefined ? [] : keysOf(schema.items, `${path}[]`, root);
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) => keysOf(one, path, root));
  const all = [...named, ...others, ...items, ...choices];
  return all.filter(({ path: one, meaning }, index) => all.findIndex((other) => other.path === one && other.meaning === meaning) === index);
}

function keyAnd(given: Schema, path: string, root: Schema): readonly Key[] {
  const schema = resolved(given, root);
  // What may stand in `defaults` is told once, where an image says it.
  const below = path === 'defaults' ? [] : keysOf(schema, path, root);
  const meaning = given.description ?? schema.description ?? '';
  // The key above tells what its entries are.
  return path.endsWith('.<name>') && meaning === '' ? below : [{ path, type: typeOf(schema, root), meaning }, ...below];
}

function resolved(schema: Schema, root: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const steps = schema.$ref.replace('#/', '').split('/');
  return steps.reduce<unknown>((at, step) => (at as Readonly<Record<string, unknown>>)[step], root) as Schema;
}

function typeOf(given: Schema, root: Schema): string {
  const schema = resolved(given, root);
  if (schema.enum) return schema.enum.map((one) => `\`${one}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  // The choice that says no more than its siblings is the `${NAME}` of the environment, which every value may be.
  const types = [...new Set(choices.map((one) => typeOf(one, root)))].filter((type, _, all) => type !== 'any' || all.length === 1);
  if (types.length > 0) return types.join(' or ');
  if (schema.items) return `list of ${typeOf(schema.items, root)}`;
  return schema.type === undefined ? 'any' : schema.type === 'object' ? 'mapping' : [schema.type].flat().join(' or ');
}

/** The page of the variables of the environment. */
export function environmentPage(): string {
  const rows = ENVIRONMENT.map(({ names, meaning, page }) => {
    const more = page === undefined ? '' : ` ([more](../${page}))`;
    return `| ${names.map((name) => `\`${name}\``).join(', ')} | ${meaning}${more} |`;
  });
  return `# Environment variables

What regild reads from its environment; \`regild help environment\` says it in a terminal. \`\${NAME}\` in a manifest reads any other by its name
([the manifest](manifest.md)). This page is written from the program; a test holds it to the source.

| variable | meaning |
|---|---|
${rows.join('\n')}
`;
}
