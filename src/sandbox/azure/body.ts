import type * as z from 'zod';
import { type ArmError, armError } from './errors.ts';
import type { Call } from './router.ts';

/** The request's body as this schema reads it; an ArmError (400) that names the first property at fault when it does not fit. */
export function readBody<Schema extends z.ZodType>(call: Pick<Call, 'body'>, schema: Schema): z.infer<Schema> {
  const read = schema.safeParse(call.body ?? {});
  if (read.success) return read.data;
  throw misfit(read.error);
}

function misfit({ issues: [issue] }: z.ZodError): ArmError {
  const path = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const member = [...(path ? [path] : []), issue.keys[0]].join('.');
    return armError(400, 'InvalidRequestContent', `Could not find member '${issue.keys[0]}' on object. Path '${member}'.`, member);
  }
  const text = `The request content was invalid and could not be deserialized: '${issue?.message ?? 'not an object'}. Path '${path}'.'`;
  return armError(400, 'InvalidRequestContent', text, path || undefined);
}
