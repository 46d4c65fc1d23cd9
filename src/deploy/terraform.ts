import { hclString } from '../engines/encode.ts';
import { alignHcl } from '../engines/packer/align.ts';
import { commentText } from './comment.ts';
import { indented, type Printed, printEntries } from './print.ts';
import type { Parameter, Resource, Template, Value } from './template.ts';

const TYPES = { text: 'string', secret: 'string', number: 'number' } as const;

/** Microsoft's provider whose bodies are those of the API: it knows every property that ARM and Bicep know. Source: overview-azapi-provider. */
const PROVIDER = `terraform {
  required_providers {
    azapi = {
      source = "Azure/azapi"
      version = "~> 2.0"
    }
  }
}`;

const GROUP: Parameter = { name: 'resourceGroupId', type: 'text', description: 'resource id of the resource group to deploy into' };

/** The template for Terraform, through the provider AzAPI. */
export function terraformTemplate({ title, notes, parameters, resources }: Template): string {
  const head = [title, ...notes].map((line) => `# ${commentText(line)}`).join('\n');
  return alignHcl(`${[head, PROVIDER, ...[GROUP, ...parameters].map(variableText), ...resources.map(resourceText)].join('\n\n')}\n`);
}

function variableText({ name, type, default: value, description }: Parameter): string {
  const lines = [
    `type = ${TYPES[type]}`,
    `description = ${hclString(description)}`,
    ...(value === undefined ? [] : [`default = ${typeof value === 'string' ? hclString(value) : value}`]),
    ...(type === 'secret' ? ['sensitive = true'] : []),
  ];
  return `variable ${hclString(snake(name))} {\n${indented(lines.join('\n'))}\n}`;
}

function resourceText({ symbol, type, apiVersion, name, location, body }: Resource): string {
  const text = { kind: 'text', text: `${type}@${apiVersion}` } as const;
  const entries = [
    { key: 'type', value: text },
    { key: 'parent_id', value: { kind: 'parameter', name: GROUP.name } as const },
    { key: 'name', value: name },
    location,
    { key: 'body', value: { kind: 'object', entries: body } as const },
  ];
  return `resource "azapi_resource" ${hclString(snake(symbol))} {\n${indented(printEntries(entries, HCL))}\n}`;
}

const HCL: Printed = { comment: '#', assign: (key, value) => `${key} = ${value}`, write: written };

function written(value: Value): string {
  switch (value.kind) {
    case 'text':
      return hclString(value.text);
    case 'number':
      return String(value.number);
    case 'truth':
      return String(value.truth);
    case 'list':
      return value.items.length === 0 ? '[]' : `[\n${indented(value.items.map((item) => `${written(item)},`).join('\n'))}\n]`;
    case 'object':
      return `{\n${indented(printEntries(value.entries, HCL))}\n}`;
    case 'parameter':
      return `var.${snake(value.name)}`;
    case 'id-of':
      return `azapi_resource.${snake(value.resource)}.id`;
    case 'joined':
      return `"${value.parts.map((part) => (typeof part === 'string' ? hclString(part).slice(1, -1) : `\${var.${snake(part.parameter)}}`)).join('')}"`;
  }
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
