import { RegildError } from '../errors.ts';
import type { Checkup } from '../model/index.ts';

/** What a question gives, or the checkup that says why there is no answer. An abort, and a failure that is no expected one, throws. */
export async function asked<Answer>(
  { id, title }: Pick<Checkup, 'id' | 'title'>,
  question: () => Promise<Answer>,
): Promise<{ readonly answer: Answer } | { readonly failed: Checkup }> {
  try {
    return { answer: await question() };
  } catch (error) {
    if (!(error instanceof RegildError) || error.code === 'CANCELLED') throw error;
    const { message: detail, hint } = error;
    return { failed: { id, title, status: 'fail', detail, ...(hint === undefined ? {} : { hint }) } };
  }
}
