import * as z from 'zod';
import { type DefinitionRef, normalLocation, type VersionUse } from '../../model/index.ts';
import type { VersionUsers } from '../../ports.ts';
import type { AzureConnection } from './connection/index.ts';
import { type AzureAttempt, asAzure, understood } from './errors/index.ts';
import { groupId } from './ids.ts';

/** Azure Resource Graph. Source: specification/resourcegraph, stable/2022-10-01. */
const API_VERSION = '2022-10-01';
const PATH = '/providers/Microsoft.ResourceGraph/resources';
/** Rows of a page; the service gives at most so many. */
const PAGE = 1000;

const Answer = z.object({ data: z.array(z.unknown()), $skipToken: z.string().nullish() });
type Answer = z.infer<typeof Answer>;
const Row = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  location: z.string(),
  image: z.string(),
  exact: z.string().nullish(),
});

/** Asks Azure Resource Graph, which knows every subscription that the identity may read. */
export function createVersionUsers(connection: AzureConnection): VersionUsers {
  return {
    async of(definitions) {
      if (definitions.length === 0) return [];
      const attempt = asking(definitions[0]?.subscription ?? '');
      const rows = await ask(connection, usersQuery(definitions.map(definitionId)), attempt);
      return rows.flatMap((row) => toUse(understood(Row, row, attempt), definitions) ?? []);
    },
  };
}

function asking(subscription: string): AzureAttempt {
  return {
    doing: 'ask Azure Resource Graph who uses the versions',
    action: 'Microsoft.ResourceGraph/resources/read',
    scope: `/subscriptions/${subscription}`,
  };
}

async function ask(connection: AzureConnection, query: string, attempt: AzureAttempt): Promise<readonly unknown[]> {
  const arm = await connection.arm();
  const rows: unknown[] = [];
  for (let token: string | undefined, more = true; more; more = token !== undefined) {
    const options = { resultFormat: 'objectArray', $top: PAGE, ...(token !== undefined && { $skipToken: token }) };
    const page: Answer = understood(Answer, await asAzure(attempt, () => arm.post(PATH, API_VERSION, { query, options })), attempt);
    rows.push(...page.data);
    token = page.$skipToken || undefined;
  }
  return rows;
}

function definitionId({ subscription, resourceGroup, gallery, definition }: DefinitionRef): string {
  return `${groupId(subscription, resourceGroup)}/providers/Microsoft.Compute/galleries/${gallery}/images/${definition}`.toLowerCase();
}

/** The question, in the language of Resource Graph (KQL); sorted, as paging asks for. */
function usersQuery(definitions: readonly string[]): string {
  const images = definitions.map((id) => `image startswith ${kqlText(id)}`).join(' or ');
  return [
    'resources',
    "| where type in~ ('microsoft.compute/virtualmachines', 'microsoft.compute/virtualmachinescalesets')",
    "| extend reference = iff(type =~ 'microsoft.compute/virtualmachines', properties.storageProfile.imageReference, properties.virtualMachineProfile.storageProfile.imageReference)",
    '| extend image = tolower(tostring(reference.id)), exact = tostring(reference.exactVersion)',
    `| where ${images}`,
    '| project id, name, type, location, image, exact',
    '| order by id asc',
  ].join('\n');
}

/** A text as KQL writes it. */
function kqlText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}

/** The definition `web` begins like `web2`, so what matched is looked at once more. */
function toUse(
  { id, name, type, location, image, exact }: z.infer<typeof Row>,
  definitions: readonly DefinitionRef[],
): VersionUse | undefined {
  const [definition = '', version = exact] = image.split('/versions/');
  if (!definitions.some((ref) => definitionId(ref) === definition)) return undefined;
  return {
    kind: type.toLowerCase().endsWith('scalesets') ? 'scale-set' : 'virtual-machine',
    id,
    name,
    location: normalLocation(location),
    definition,
    ...(version && { version: `${definition}/versions/${version}` }),
  };
}
