/** How the real SDK reports what ARM refused: status and code, and the message. */
export interface Problem {
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly message: string;
}

/** The problem that a promise ends in; throws when it ends in none. */
export async function problemOf(promise: PromiseLike<unknown>): Promise<Problem> {
  try {
    await promise;
  } catch (thrown) {
    const { statusCode, code, message } = thrown as { statusCode?: number; code?: string; message: string };
    return { status: statusCode, code, message };
  }
  throw new Error('it succeeded, but a refusal was expected');
}
