import type { ImageReport, Issue, Question } from '../model/index.ts';

/** The questions without an answer, each in the words of the issue that it stops the image with, where there is one. */
export function openQuestions({ match }: ImageReport, issues: readonly Issue[]): readonly Question[] {
  const open = (match?.questions ?? []).filter(({ answer }) => answer === undefined);
  return open.map((question) => ({ ...question, text: issues.find((issue) => asks(issue, question))?.message ?? question.text }));
}

/** True for the issue that stops an image because of a question: the report tells them as one. */
export function asks(issue: Issue, question: Question): boolean {
  return issue.severity === 'question' && issue.code === question.code;
}
