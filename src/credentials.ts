import { RegildError, toIssue } from './errors.ts';
import type { ErrorCode, ImageSpec } from './model/index.ts';
import type { Context } from './ports.ts';

/** How a cloud says that it does not know who asks, or lets nothing be read. */
const REFUSALS: readonly ErrorCode[] = ['CREDENTIALS_MISSING', 'CLOUD_DENIED'];

/**
 * What AWS is asked for an image. Where it refuses who asks, Azure is asked at once whether it knows them, so that somebody who is signed in to neither is told both
 * in one go: AWS's failure then carries Azure's as an issue. Throws what `work` throws.
 */
export async function tellingOfAzureToo<Result>(
  spec: ImageSpec,
  { ports }: Context<'subscription'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const azure = await refusalOf(() => ports.subscription.locations(spec.target.subscription));
    if (azure === undefined) throw error;
    const { code, message, hint, details, issues } = error;
    const told = [...issues, ...azure.issues, { ...toIssue(azure, spec.name), place: spec.place }];
    throw new RegildError(code, message, { hint, details, issues: told, cause: error.cause });
  }
}

/** That a cloud refuses who asks; undefined where it answers, or cannot be asked at present. */
async function refusalOf(question: () => Promise<unknown>): Promise<RegildError | undefined> {
  try {
    await question();
    return undefined;
  } catch (error) {
    return isRefusal(error) ? error : undefined;
  }
}

function isRefusal(error: unknown): error is RegildError {
  return error instanceof RegildError && REFUSALS.includes(error.code);
}
