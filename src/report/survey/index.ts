import { inPieces, type Survey } from '../../model/index.ts';
import { renderSurveyHtml } from './html.ts';
import { renderSurveyJson } from './json.ts';
import { renderSurveyMarkdown } from './markdown.ts';
import { renderSurveyText } from './text.ts';

/** Formats of a survey, in the order in which usage texts name them. */
export const SURVEY_FORMATS = ['text', 'markdown', 'json', 'html'] as const;
export type SurveyFormat = (typeof SURVEY_FORMATS)[number];

/**
 * The survey as a document: a table for people at a terminal, Markdown, JSON for programs, one HTML page that filters by itself. `columns` is how wide a table
 * may be in text, where that matters. In pieces, each of whole lines: of a large account it is longer than one text should be. Ends with a line feed.
 */
export function renderSurvey(survey: Survey, format: SurveyFormat, columns?: number): Generator<string> {
  switch (format) {
    case 'text':
      return inPieces(renderSurveyText(survey, columns));
    case 'markdown':
      return inPieces(renderSurveyMarkdown(survey));
    case 'json':
      return renderSurveyJson(survey);
    case 'html':
      return inPieces(renderSurveyHtml(survey));
  }
}
