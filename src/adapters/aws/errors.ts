import * as z from 'zod';
import { RegildError } from '../../errors.ts';
import { explain } from '../../failures/explain.ts';
import type { ErrorCode } from '../../model/index.ts';
import { oneLine } from '../one-line.ts';

/** What was attempted, in words for the message and as the IAM action for the hint. */
export interface AwsAttempt {
  /** For example `describe AMIs`. */
  readonly doing: string;
  /** For example `ec2:DescribeImages`. */
  readonly action: string;
  readonly region: string;
}

/** What an SDK error carries; `code` is the system's, for example ENOTFOUND. */
const AwsFailure = z.object({
  name: z.string().catch('Error'),
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  $metadata: z
    .object({ httpStatusCode: z.number().optional().catch(undefined), requestId: z.string().optional().catch(undefined) })
    .catch({ httpStatusCode: undefined, requestId: undefined }),
});
type AwsFailure = z.infer<typeof AwsFailure>;

/** Error names of EC2, SSM and the SDK (EC2 API reference, common client errors; smithy's own names). */
const CODES: Readonly<Record<string, ErrorCode>> = {
  AbortError: 'CANCELLED',
  CredentialsProviderError: 'CREDENTIALS_MISSING',
  TokenProviderError: 'CREDENTIALS_MISSING',
  ExpiredToken: 'CREDENTIALS_MISSING',
  ExpiredTokenException: 'CREDENTIALS_MISSING',
  RequestExpired: 'CREDENTIALS_MISSING',
  UnauthorizedOperation: 'CLOUD_DENIED',
  AuthFailure: 'CLOUD_DENIED',
  AccessDenied: 'CLOUD_DENIED',
  AccessDeniedException: 'CLOUD_DENIED',
  OptInRequired: 'CLOUD_DENIED',
  Blocked: 'CLOUD_DENIED',
  PendingVerification: 'CLOUD_DENIED',
  InvalidClientTokenId: 'CLOUD_DENIED',
  UnrecognizedClientException: 'CLOUD_DENIED',
  SignatureDoesNotMatch: 'CLOUD_DENIED',
  MissingAuthenticationToken: 'CLOUD_DENIED',
  RequestLimitExceeded: 'CLOUD_THROTTLED',
  Throttling: 'CLOUD_THROTTLED',
  ThrottlingException: 'CLOUD_THROTTLED',
  TooManyRequestsException: 'CLOUD_THROTTLED',
  SlowDown: 'CLOUD_THROTTLED',
  TimeoutError: 'CLOUD_UNREACHABLE',
};

const UNREACHABLE =
  /^(?:ECONN|ERR_PROXY|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|EPROTO|CERT_|ERR_TLS|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/;
/** A region that is not a host name label never leaves the SDK; one that does not exist has no host, or another region's host refuses its signature. */
const NO_SUCH_REGION = /Region not accepted|scoped to a valid region|ENOTFOUND/i;

/** What the SDK adds where an answer is neither the XML nor the JSON that AWS gives: a proxy's or a portal's page, whatever status and type it claims. */
const UNREADABLE = /Deserialization error: to see the raw response/;

/** A failure of the AWS SDK as RegildError: the request id kept, secrets masked. A RegildError passes as it is. */
export function fromAws(error: unknown, attempt: AwsAttempt): RegildError {
  if (error instanceof RegildError) return error;
  const failure = AwsFailure.parse(typeof error === 'object' && error !== null ? error : { message: String(error) });
  const code = codeOf(failure);
  const { httpStatusCode: status, requestId } = failure.$metadata;
  const details = { awsError: failure.name, status, requestId, action: attempt.action, region: attempt.region };
  return new RegildError(code, message(code, failure, attempt), {
    hint: explain(`${failure.name}: ${failure.message}`) ?? hint(code, attempt),
    details,
    cause: error,
  });
}

/** Runs a call to AWS and translates its failure. */
export async function asAws<Value>(attempt: AwsAttempt, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw fromAws(error, attempt);
  }
}

/** The AWS error code of a failure, for example `InvalidAMIID.NotFound`. */
export function awsErrorName(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function codeOf(failure: AwsFailure): ErrorCode {
  if (UNREADABLE.test(failure.message)) return 'CLOUD_UNREACHABLE';
  if (NO_SUCH_REGION.test(`${failure.code} ${failure.message}`)) return 'REGION_UNKNOWN';
  const listed = Object.hasOwn(CODES, failure.name) ? CODES[failure.name] : undefined;
  if (listed) return listed;
  if (failure.code !== undefined && UNREACHABLE.test(failure.code)) return 'CLOUD_UNREACHABLE';
  switch (failure.$metadata.httpStatusCode) {
    case 401:
    case 403:
      return 'CLOUD_DENIED';
    case 429:
      return 'CLOUD_THROTTLED';
    default:
      return 'CLOUD_FAILED';
  }
}

function message(code: ErrorCode, failure: AwsFailure, { doing, action, region }: AwsAttempt): string {
  const said = UNREADABLE.test(failure.message)
    ? "the answer is not AWS's (neither its XML nor its JSON)"
    : oneLine(failure.message || failure.name);
  switch (code) {
    case 'CANCELLED':
      return `cancelled while trying to ${doing} in ${region}`;
    case 'CREDENTIALS_MISSING':
      return `found no usable AWS credentials to ${doing} in ${region}: ${said}`;
    case 'REGION_UNKNOWN':
      return `could not ${doing}: there is no AWS region ${JSON.stringify(region)}, or it has no address here`;
    case 'CLOUD_DENIED':
      return `AWS refused ${action} in ${region}: ${said}`;
    case 'CLOUD_UNREACHABLE':
      return `could not reach AWS to ${doing} in ${region}: ${said}`;
    case 'CLOUD_THROTTLED':
      return `AWS throttled the request to ${doing} in ${region}: ${said}`;
    default:
      return `could not ${doing} in ${region}: ${said} (${failure.name})`;
  }
}

function hint(code: ErrorCode, { action, region }: AwsAttempt): string | undefined {
  switch (code) {
    case 'CREDENTIALS_MISSING':
      return 'run `aws sso login` or set `AWS_PROFILE`, or `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` (and `AWS_SESSION_TOKEN` for temporary ones)';
    case 'REGION_UNKNOWN':
      return 'check `source.region`, for example eu-west-1; if it is right, check name resolution and the proxy';
    case 'CLOUD_DENIED':
      return `allow ${action} for the identity in use, check that its keys are valid, and that the region ${region} is enabled for the account`;
    case 'CLOUD_UNREACHABLE':
      return 'check the network and the proxy; for a private certificate authority set `NODE_EXTRA_CA_CERTS`';
    case 'CLOUD_THROTTLED':
      return 'wait a minute and run the same command again; other tools in the account share the same limit';
    default:
      return undefined;
  }
}
