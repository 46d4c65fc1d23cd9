import { parseHcl } from '../engines/parse-hcl.ts';
import { parseBicep } from './parse-bicep.ts';
import { GIVEN, GROUP, type Made } from './read-arm.ts';

/** What Bicep makes of a template. */
export function readBicep(text: string): readonly Made[] {
  const { resources } = parseBicep(text, GIVEN, diskIds());
  return Object.values(resources).map(({ type, body: { name, ...body } }) => ({ type, name: String(name), body }));
}

/** What Terraform makes of one, with AzAPI. */
export async function readTerraform(text: string): Promise<readonly Made[]> {
  const parsed = (await parseHcl('main.tf', text)) as Hcl;
  const variables = Object.fromEntries(Object.entries(parsed.variable).map(([name, [one]]) => [name, one.default]));
  const values = { ...variables, ...Object.fromEntries(Object.entries(GIVEN).map(([name, value]) => [snake(name), value])) };
  return Object.values(parsed.resource.azapi_resource).flatMap(([one]) => {
    const { type, name, location, body } = resolve(one, values) as { type: string; name: string; location: string; body: object };
    return [{ type, name, body: { location, ...body } }];
  });
}

interface Hcl {
  readonly variable: Readonly<Record<string, readonly [{ readonly default?: unknown }]>>;
  readonly resource: { readonly azapi_resource: Readonly<Record<string, readonly [object]>> };
}

/** Puts values where variables and ids of other resources stand. */
function resolve(value: unknown, variables: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(one, variables));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, variables)]));
  if (typeof value !== 'string') return value;
  const whole = /^\$\{var\.(\w+)\}$/.exec(value)?.[1];
  if (whole !== undefined) return variables[whole] ?? value;
  return value
    .replace(/\$\{var\.(\w+)\}/g, (_, name: string) => String(variables[name]))
    .replace(/\$\{azapi_resource\.(\w+)\.id\}/g, (_, name: string) => diskIds()[name] ?? '');
}

function diskIds(): Readonly<Record<string, string>> {
  const disk = (lun: number) => [`data${lun}`, `${GROUP.id}/providers/Microsoft.Compute/disks/${GIVEN.name}-data-${lun}`] as const;
  return Object.fromEntries([disk(0), disk(1), disk(2)]);
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
