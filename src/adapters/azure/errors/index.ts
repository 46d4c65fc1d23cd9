import * as z from 'zod';
import { RegildError } from '../../../errors.ts';
import { explain } from '../../../failures/explain.ts';
import type { ErrorCode } from '../../../model/index.ts';
import { oneLine } from '../../one-line.ts';
import { type ArmFailure, readArmFailure } from './arm-failure.ts';

/** What was attempted, in words for the message and as the RBAC action for the hint. */
export interface AzureAttempt {
  /** For example `read the definition web-golden`. */
  readonly doing: string;
  /** For example `Microsoft.Compute/galleries/images/read`. */
  readonly action: string;
  /** ARM id of what the action is needed on. */
  readonly scope: string;
  /** The code where nothing more precise is known; CLOUD_FAILED when absent. */
  readonly otherwise?: ErrorCode;
}

/** Classes that `@azure/identity` throws when no credential could be found at all. */
const NO_CREDENTIAL = ['CredentialUnavailableError', 'AggregateAuthenticationError', 'AuthenticationRequiredError'];
/** The same classes, where the credential is there but the authority did not answer (codes of MSAL). */
const NO_AUTHORITY = /endpoints_resolution_error|openid_config_error|network_error/;
const UNREACHABLE =
  /^(?:REQUEST_SEND_ERROR|ANSWER_LOST|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ESOCKETTIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|EPROTO|CERT_|ERR_TLS|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/;
/** What JavaScript says of an answer that an SDK took as it came, and that lacks what its description has (V8's words). */
const LACKS_A_FIELD = /^(?:Cannot (?:read properties of|convert) (?:undefined|null)|.* is not (?:iterable|a function))/;
/** An answer that ended in the middle, as core-rest-pipeline words it. */
const CUT_OFF = /^Error reading response as text/;
/** 404s that say the question was wrong, not that the resource is missing. */
const NOT_A_MISSING_RESOURCE = ['SubscriptionNotFound', 'InvalidResourceType', 'InvalidResourceNamespace'];

/** A failure of an Azure SDK as RegildError: nested ARM errors flattened, request ids kept, secrets masked. A RegildError passes as it is. */
export function fromAzure(error: unknown, attempt: AzureAttempt): RegildError {
  if (error instanceof RegildError) return error;
  if (error instanceof z.ZodError) return otherForm(error, fieldsOf(error), attempt);
  if (error instanceof TypeError && LACKS_A_FIELD.test(error.message)) return otherForm(error, error.message, attempt);
  const failure = readArmFailure(error);
  const code = codeOf(failure) ?? attempt.otherwise ?? 'CLOUD_FAILED';
  const { action, scope } = attempt;
  const { status, requestId, correlationId } = failure;
  return new RegildError(code, message(code, failure, attempt), {
    hint: explain([`${failure.code ?? ''} ${failure.message}`, ...failure.causes].join('\n')) ?? generalHint(code, attempt),
    details: { armCode: failure.code, status, requestId, correlationId, action, scope },
    cause: error,
  });
}

/** JSON of somebody else (a portal, a proxy), or of an interface that changed: the fields that are not as documented are named. */
function otherForm(error: Error, what: string, { doing }: AzureAttempt): RegildError {
  return new RegildError('CLOUD_UNREACHABLE', `could not ${doing}: the answer is not Azure's, or of another form (${what})`, {
    hint: 'check the network and the proxy, then go on with --resume',
    cause: error,
  });
}

/** The fields that are not as they should be, five at most. */
export function fieldsOf({ issues }: z.ZodError): string {
  const fields = [...new Set(issues.map(({ path }) => path.join('.') || 'all of it'))];
  return fields.slice(0, 5).join(', ');
}

/** What Azure answered, in the form that is documented; throws CLOUD_UNREACHABLE for JSON of somebody else. The only place in which an adapter reads one. */
export function understood<Value>(schema: z.ZodType<Value>, answer: unknown, attempt: AzureAttempt): Value {
  const { data, error } = schema.safeParse(answer);
  if (error !== undefined) throw fromAzure(error, attempt);
  return data as Value;
}

/** Runs a call to Azure and translates its failure. */
export async function asAzure<Value>(attempt: AzureAttempt, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw fromAzure(error, attempt);
  }
}

/** Like `asAzure`, with undefined for a resource (or its parent) that does not exist. */
export async function unlessMissing<Value>(attempt: AzureAttempt, work: () => Promise<Value>): Promise<Value | undefined> {
  return asAzure(attempt, async () => {
    try {
      return await work();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
}

/** Like `unlessMissing`, with undefined also where the service refuses to answer: no permission (403), or a question about nothing it knows (400). */
export async function ifAnswered<Value>(attempt: AzureAttempt, work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await unlessMissing(attempt, work);
  } catch (error) {
    if (error instanceof RegildError && (error.details.status === 403 || error.details.status === 400)) return undefined;
    throw error;
  }
}

/** True where nobody answered for Azure, or only that it cannot answer at present: asked later, the same question may be answered. */
export function isOutage(error: unknown): boolean {
  if (error instanceof RegildError) return error.cause !== undefined && isOutage(error.cause);
  const failure = readArmFailure(error);
  const { status, code = '', message } = failure;
  if (status !== undefined) return status >= 500 || status === 429 || status === 408;
  return codeOf(failure) === 'CLOUD_UNREACHABLE' || (code === 'PARSE_ERROR' && CUT_OFF.test(message));
}

/** True for the 404 of a resource or of what holds it. */
export function isMissing(error: unknown): boolean {
  const { status, code } = readArmFailure(error);
  return status === 404 && !NOT_A_MISSING_RESOURCE.includes(code ?? '');
}

/** True where the service says that what was asked for is being done, or stands in the way (409). */
export function isConflict(error: unknown): boolean {
  return error instanceof RegildError ? error.details.status === 409 : hasStatus(error, 409);
}

/** True for an answer with this status. */
export function hasStatus(error: unknown, status: number): boolean {
  return readArmFailure(error).status === status;
}

function codeOf({ name, code = '', message, status, causes }: ArmFailure): ErrorCode | undefined {
  if (name === 'AbortError') return 'CANCELLED';
  if (NO_CREDENTIAL.includes(name)) return NO_AUTHORITY.test(message) ? 'CLOUD_UNREACHABLE' : 'CREDENTIALS_MISSING';
  if (name === 'AuthenticationError' || status === 401 || status === 403) return 'CLOUD_DENIED';
  if (status === 429 || [code, ...causes].some((said) => said.startsWith('TooManyRequests'))) return 'CLOUD_THROTTLED';
  if (status === undefined && UNREACHABLE.test(code)) return 'CLOUD_UNREACHABLE';
  return undefined;
}

function message(code: ErrorCode, failure: ArmFailure, { doing, action, scope }: AzureAttempt): string {
  const said = oneLine((failure.innermost.length > 0 ? failure.innermost : [failure.message]).join('; '));
  switch (code) {
    case 'CANCELLED':
      return `cancelled while trying to ${doing}`;
    case 'CREDENTIALS_MISSING':
      return `found no Azure credential to ${doing}`;
    case 'CLOUD_DENIED':
      return failure.status === 403
        ? `not allowed to ${doing} (${action} on ${scope}): ${said}`
        : `Azure refused the credential to ${doing}: ${said}`;
    case 'CLOUD_UNREACHABLE':
      return `could not reach Azure to ${doing}: ${said}`;
    case 'CLOUD_THROTTLED':
      return `Azure throttled the request to ${doing}: ${said}`;
    default:
      return `could not ${doing}: ${said}${failure.code === undefined ? '' : ` (${failure.code})`}`;
  }
}

function generalHint(code: ErrorCode, { action, scope }: AzureAttempt): string | undefined {
  switch (code) {
    case 'CREDENTIALS_MISSING':
      return 'run `az login`, or set `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET` (in GitHub Actions without the secret, and with `permissions: id-token: write`)';
    case 'CLOUD_DENIED':
      return `check that the credential is valid and has ${action} on ${scope} (a role assignment takes some minutes to work)`;
    case 'CLOUD_UNREACHABLE':
      return 'check the network, the proxy and `ARM_METADATA_URL`; for a private certificate authority set `NODE_EXTRA_CA_CERTS`';
    case 'CLOUD_THROTTLED':
      return 'wait and run the same command again: it continues where it stopped';
    default:
      return undefined;
  }
}
