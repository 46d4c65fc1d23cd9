import type { HttpResponse, Json, JsonObject } from '../http.ts';

/** One entry of an ARM error, as the resource provider contract words it (common-types v5 ErrorDetail, compute CloudError). */
export interface ArmErrorBody {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  readonly details?: readonly ArmErrorBody[];
}

/** Thrown by a handler to answer with an ARM error; nothing of the request takes effect. */
export class ArmError extends Error {
  readonly status: number;
  readonly error: ArmErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, error: ArmErrorBody, headers: Readonly<Record<string, string>> = {}) {
    super(error.message);
    this.name = 'ArmError';
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

/** An ArmError with a code, a message and perhaps the name of the property at fault. */
export function armError(status: number, code: string, message: string, target?: string): ArmError {
  return new ArmError(status, target === undefined ? { code, message } : { code, message, target });
}

/** The 404 of a resource that is not there, worded as ARM's front door words it. */
export function resourceNotFound(type: string, name: string, resourceGroup: string): ArmError {
  const text = `The Resource '${type}/${name}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return armError(404, 'ResourceNotFound', text);
}

/** The answer that carries an error. */
export function errorResponse(status: number, error: ArmErrorBody, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers, body: { error: errorJson(error) } };
}

/** An error as JSON, without absent parts. */
export function errorJson(error: ArmErrorBody): JsonObject {
  const details: readonly Json[] | undefined = error.details?.map(errorJson);
  return { code: error.code, message: error.message, ...(error.target && { target: error.target }), ...(details && { details }) };
}
