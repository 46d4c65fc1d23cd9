/**
 * The same read, remembered by its arguments for as long as the function lives: callers that ask at the same time share one request. A failure is
 * forgotten, so that the next caller asks again. Arguments must be plain JSON.
 */
export function memoise<Arguments extends readonly unknown[], Value>(
  read: (...given: Arguments) => Promise<Value>,
): (...given: Arguments) => Promise<Value> {
  const answers = new Map<string, Promise<Value>>();
  return (...given) => {
    const key = JSON.stringify(given);
    const known = answers.get(key);
    if (known) return known;
    const answer = read(...given);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  };
}
