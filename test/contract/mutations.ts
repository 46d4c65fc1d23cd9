import type { Exchange } from '../../src/sandbox/exchange.ts';
import type { Judged } from './judge.ts';
import { failed, type Outcome, passed, skipped } from './outcome.ts';
import type { Problem, Validate } from './validate.ts';

/** A lie told about an exchange that was fine, and what the validator must say to it. */
interface Mutation {
  readonly what: string;
  /** Operation whose exchange is falsified. */
  readonly operation: string;
  readonly status: string;
  readonly change: (exchange: Exchange) => Exchange;
  readonly expected: Pick<Problem, 'side' | 'code'>;
}

const MUTATIONS: readonly Mutation[] = [
  {
    what: 'an answer without a required property',
    operation: 'GalleryImages_Get',
    status: '200',
    change: response((body) => without(body, 'properties', 'osType')),
    expected: { side: 'response', code: 'OBJECT_MISSING_REQUIRED_PROPERTY' },
  },
  {
    what: 'an answer with a value outside its enum',
    operation: 'GalleryImages_Get',
    status: '200',
    change: response((body) => within(body, { hyperVGeneration: 'V3' }, 'properties')),
    expected: { side: 'response', code: 'ENUM_MISMATCH' },
  },
  {
    what: 'an answer with a property that nobody described',
    operation: 'VirtualMachineImageTemplates_Get',
    status: '200',
    change: response((body) => within(body, { colour: 'red' }, 'properties')),
    expected: { side: 'response', code: 'OBJECT_ADDITIONAL_PROPERTIES' },
  },
  {
    what: 'an answer with a number as text',
    operation: 'GalleryImageVersions_Get',
    status: '200',
    change: response((body) => within(body, { replicaCount: 'one' }, 'properties', 'publishingProfile')),
    expected: { side: 'response', code: 'INVALID_TYPE' },
  },
  {
    what: 'an answer with a status that is not described',
    operation: 'GalleryImages_Get',
    status: '200',
    change: (exchange) => ({ ...exchange, liveResponse: { ...exchange.liveResponse, statusCode: '207' } }),
    expected: { side: 'response', code: 'INVALID_RESPONSE_CODE' },
  },
  {
    what: 'the status of an operation that does not say how it stands',
    operation: 'OperationStatus_Get',
    status: '200',
    change: response((body) => without(body, 'status')),
    expected: { side: 'response', code: 'OBJECT_MISSING_REQUIRED_PROPERTY' },
  },
  {
    what: 'a request with a value outside its enum',
    operation: 'GalleryImageVersions_CreateOrUpdate',
    status: '200',
    change: request((body) => within(body, { storageAccountType: 'Standard_TAPE' }, 'properties', 'publishingProfile')),
    expected: { side: 'request', code: 'ENUM_MISMATCH' },
  },
  {
    what: 'a request with a property that nobody described',
    operation: 'GalleryImages_CreateOrUpdate',
    status: '201',
    change: request((body) => within(body, { colour: 'red' }, 'properties')),
    expected: { side: 'request', code: 'OBJECT_ADDITIONAL_PROPERTIES' },
  },
  {
    what: 'a request without a required property',
    operation: 'VirtualMachineImageTemplates_CreateOrUpdate',
    status: '201',
    change: request((body) => without(body, 'properties', 'distribute')),
    expected: { side: 'request', code: 'OBJECT_MISSING_REQUIRED_PROPERTY' },
  },
  {
    what: 'a request in an api-version that does not exist',
    operation: 'GalleryImages_Get',
    status: '200',
    change: ({ liveRequest, liveResponse }) => ({
      liveRequest: { ...liveRequest, url: liveRequest.url.replace(/api-version=[\d-]+/, 'api-version=2031-01-01') },
      liveResponse,
    }),
    expected: { side: 'request', code: 'OPERATION_NOT_FOUND_IN_CACHE_WITH_API' },
  },
];

/** Proves that the suite can fail: falsifies exchanges that passed, and wants each lie to be found. */
export async function mutate(judged: readonly Judged[], validate: Validate, complete: boolean): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const mutation of MUTATIONS) outcomes.push(await tell(mutation, judged, validate, complete));
  return outcomes;
}

async function tell(mutation: Mutation, judged: readonly Judged[], validate: Validate, complete: boolean): Promise<Outcome> {
  const { what, operation, status, change, expected } = mutation;
  const truth = judged.find(
    ({ verdict, exchange }) =>
      verdict.problems.length === 0 && verdict.operation?.startsWith(`${operation} `) && exchange.liveResponse.statusCode === status,
  );
  if (!truth)
    return complete
      ? failed(what, `no exchange of ${operation} passed`)
      : skipped(what, 'this set of descriptions has not the operation that would be falsified');
  const { problems } = await validate(change(truth.exchange));
  const found = problems.some(({ side, code }) => side === expected.side && code === expected.code);
  return found
    ? passed(what)
    : failed(what, `${expected.code} was not found; ${problems.map(({ code }) => code).join(', ') || 'nothing'} was`);
}

type Json = Readonly<Record<string, unknown>>;

function request(change: (body: Json) => Json): Mutation['change'] {
  return ({ liveRequest, liveResponse }) => ({ liveRequest: { ...liveRequest, body: change(object(liveRequest.body)) }, liveResponse });
}

function response(change: (body: Json) => Json): Mutation['change'] {
  return ({ liveRequest, liveResponse }) => ({ liveRequest, liveResponse: { ...liveResponse, body: change(object(liveResponse.body)) } });
}

/** The object with more in the object at a path. */
function within(body: Json, more: Json, ...[first, ...rest]: readonly string[]): Json {
  return first === undefined ? { ...body, ...more } : { ...body, [first]: within(object(body[first]), more, ...rest) };
}

/** The object without what is at a path. */
function without(body: Json, first: string, ...rest: readonly string[]): Json {
  const [next, ...others] = rest;
  if (next !== undefined) return { ...body, [first]: without(object(body[first]), next, ...others) };
  const { [first]: _, ...left } = body;
  return left;
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
