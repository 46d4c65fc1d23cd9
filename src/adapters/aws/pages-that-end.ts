/** What asks for a page of a list, or is one. */
type Page = { readonly NextToken?: unknown };

/**
 * A middleware of any client that refuses a page whose next one is itself: the SDK's paginators would ask for it for ever, or pass over the rest
 * without a word (`stopOnSameToken`).
 */
export function pagesThatEnd<Sent extends { readonly input: object }, Answer extends { readonly output: object }>(
  next: (sent: Sent) => Promise<Answer>,
): (sent: Sent) => Promise<Answer> {
  return async (sent) => {
    const answer = await next(sent);
    const [asked, given]: readonly Page[] = [sent.input, answer.output];
    if (asked?.NextToken !== undefined && asked.NextToken === given?.NextToken) {
      throw Object.assign(new Error('the list never ends: the next page is the same one'), { name: 'EndlessList' });
    }
    return answer;
  };
}
