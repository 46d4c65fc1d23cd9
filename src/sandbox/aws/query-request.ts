import { AwsError } from './error.ts';

/** One request of the EC2 query protocol: form fields such as `Action`, `Owner.1` and `Filter.1.Value.2`. */
export interface QueryRequest {
  readonly action: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** A filter: the values are alternatives. */
export interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** Reads a form-encoded body. Throws MissingAction and InvalidParameterValue as the service does. */
export function readQuery(body: string, apiVersion: string): QueryRequest {
  const fields = new Map(new URLSearchParams(body));
  const action = fields.get('Action');
  if (action === undefined) throw new AwsError('MissingAction', 'The request must contain the parameter Action');
  const version = fields.get('Version');
  if (version !== apiVersion)
    throw new AwsError('InvalidParameterValue', `The parameter Version has the invalid value ${version ?? '(none)'}`);
  return { action, fields };
}

/** The values of a numbered list in the order of its numbers: `Owner.1`, `Owner.2`, … */
export function readList({ fields }: QueryRequest, name: string): readonly string[] {
  return numbersBelow(fields, name).flatMap((number) => fields.get(`${name}.${number}`) ?? []);
}

/** `Filter.N.Name` with its `Filter.N.Value.M`. */
export function readFilters(request: QueryRequest): readonly Filter[] {
  return numbersBelow(request.fields, 'Filter').map((number) => ({
    name: request.fields.get(`Filter.${number}.Name`) ?? '',
    values: readList(request, `Filter.${number}.Value`),
  }));
}

/** `true` or `false`; false when absent. Throws InvalidParameterValue. */
export function readBoolean({ fields }: QueryRequest, name: string): boolean {
  const text = fields.get(name) ?? 'false';
  if (text !== 'true' && text !== 'false') throw new AwsError('InvalidParameterValue', `Value (${text}) for parameter ${name} is invalid`);
  return text === 'true';
}

function numbersBelow(fields: ReadonlyMap<string, string>, name: string): readonly number[] {
  const numbers = [...fields.keys()]
    .filter((key) => key.startsWith(`${name}.`))
    .map((key) => Number.parseInt(key.slice(name.length + 1), 10))
    .filter((number) => Number.isInteger(number));
  return [...new Set(numbers)].sort((a, b) => a - b);
}
