import { STYLE } from './html-style.ts';
import { type Markup, markup } from './markup.ts';

/** What fills a page. */
export interface HtmlPage {
  /** Text for the browser's tab. */
  readonly title: string;
  /** What stands behind the program's name at the top. */
  readonly heading: string;
  readonly body: Markup;
  /** CSS of this kind of page beside the common one; never text of anybody else's. */
  readonly style?: string;
}

/** One page that holds everything it needs, light and dark; its policy lets no script run and nothing be fetched, whatever got into the text. */
export function htmlPage({ title, heading, body, style = '' }: HtmlPage): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${{ markup: STYLE }}${{ markup: style }}</style>
</head>
<body>
<h1><span>regild</span> ${heading}</h1>
${body}</body>
</html>
`.markup;
}
