import { markdownCode, markdown as md } from './encode.ts';
import { type Markup, markup } from './markup.ts';

/** Our sentences put what is typed between backticks, with nothing but words and marks around them; a backtick inside of a word is somebody else's. */
const TYPED = /(?<![^\s(,:])`([^`]+)`(?![^\s),.:;?!])/;

/** A sentence for a page: what is typed stands as code. */
export function prose(text: string): Markup {
  return markup`${pieces(text).map(({ typed, words }) => (typed ? markup`<code>${words}</code>` : markup`${words}`))}`;
}

/** The same for a line or a table cell of Markdown. */
export function markdownProse(text: string): string {
  return pieces(text)
    .map(({ typed, words }) => (typed ? markdownCode(words) : md(words)))
    .join('');
}

/** Split by a pattern with one group, every other piece is what the group took. */
function pieces(text: string) {
  return text.split(TYPED).map((words, index) => ({ typed: index % 2 === 1, words }));
}
