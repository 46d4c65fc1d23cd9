import * as z from 'zod';

/** One failure of an Azure SDK or of ARM, flattened. */
export interface ArmFailure {
  /** Name of the error class, for example RestError or AbortError. */
  readonly name: string;
  /** ARM's error code, or the system's (ECONNREFUSED); the innermost one is in `causes`. */
  readonly code: string | undefined;
  readonly message: string;
  /** Errors nested in the body, outermost first, as `Code: message`. */
  readonly causes: readonly string[];
  /** The innermost errors, as `Code: message`: what a person must read. Empty where nothing is nested. */
  readonly innermost: readonly string[];
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
}

interface ArmBody {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly details?: readonly ArmBody[] | undefined;
  readonly innererror?: ArmBody | undefined;
}

const text = z.string().optional().catch(undefined);

const ArmBody: z.ZodType<ArmBody> = z.lazy(() =>
  z.object({
    code: text,
    message: text,
    details: z.array(ArmBody).optional().catch(undefined),
    innererror: ArmBody.optional().catch(undefined),
  }),
);

const Headers = z.custom<{ get(name: string): string | undefined }>(
  (value) => typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function',
);

const SdkError = z.object({
  name: z.string().catch('Error'),
  message: z.string().catch(''),
  code: text,
  statusCode: z.number().optional().catch(undefined),
  /** The parsed body, where the SDK keeps it: `{ error: … }`, or the error itself. */
  details: z
    .union([z.object({ error: ArmBody }).transform(({ error }) => error), ArmBody])
    .optional()
    .catch(undefined),
  response: z.object({ headers: Headers }).optional().catch(undefined),
});

/** How core-lro words a failed operation: a plain Error, its ARM code only in the text. */
const FAILED_OPERATION = /^The long-running operation has failed(?:\. ([\w.]+)\. ([\s\S]*))?$/;

/** Reads whatever an Azure SDK threw. Never throws. */
export function readArmFailure(error: unknown): ArmFailure {
  const sdk = SdkError.parse(typeof error === 'object' && error !== null ? error : { message: String(error) });
  const operation = FAILED_OPERATION.exec(sdk.message);
  const said = { ...sdk.details, code: sdk.details?.code ?? sdk.code, message: sdk.details?.message ?? sdk.message };
  const top = unwrap({ ...said, ...(operation?.[1] !== undefined && { code: operation[1], message: operation[2] }) });
  return {
    name: sdk.name,
    code: top.code,
    message: top.message ?? '',
    causes: [...new Set(nested(top).flatMap(flatten))].filter((cause) => cause !== `${top.code}: ${top.message}`),
    innermost: [...new Set(nested(top).flatMap(leaves))],
    status: sdk.statusCode,
    requestId: sdk.response?.headers.get('x-ms-request-id'),
    correlationId: sdk.response?.headers.get('x-ms-correlation-request-id'),
  };
}

function nested(body: ArmBody | undefined): readonly ArmBody[] {
  return [...(body?.details ?? []), ...(body?.innererror ? [body.innererror] : [])];
}

function flatten(body: ArmBody): readonly string[] {
  const own = unwrap(body);
  return [...wordsOf(own), ...nested(own).flatMap(flatten)];
}

function leaves(body: ArmBody): readonly string[] {
  const own = unwrap(body);
  const below = nested(own).flatMap(leaves);
  return below.length > 0 ? below : wordsOf(own);
}

function wordsOf({ code, message }: ArmBody): readonly string[] {
  const said = [code, message].filter((part) => part !== undefined && part !== '').join(': ');
  return said === '' ? [] : [said];
}

/** A deployment's message may itself be an ARM error as JSON text. */
function unwrap(body: ArmBody): ArmBody {
  if (!body.message?.trimStart().startsWith('{')) return body;
  try {
    const inner = z.object({ error: ArmBody }).safeParse(JSON.parse(body.message)).data?.error;
    return inner ? { ...inner, details: [...nested(inner), ...nested(body)], innererror: undefined } : body;
  } catch {
    return body;
  }
}
