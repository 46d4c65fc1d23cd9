import { createHash } from 'node:crypto';
import { STYLE } from './html-style.ts';
import { type Markup, markup, when } from './markup.ts';

/** What fills a page. */
export interface HtmlPage {
  /** Text for the browser's tab. */
  readonly title: string;
  /** What stands behind the program's name at the top. */
  readonly heading: string;
  readonly body: Markup;
  /** CSS of this kind of page beside the common one; never text of anybody else's. */
  readonly style?: string;
  /** A program of ours that this kind of page runs, without which it must still be readable; never text of anybody else's. */
  readonly script?: string;
}

/**
 * One page that holds everything it needs, light and dark. Its policy lets nothing be fetched and no script run but the page's own, which it knows by its
 * SHA-256 (CSP level 2, script-src hashes), whatever got into the text.
 */
export function htmlPage({ body, ...page }: HtmlPage): string {
  return [...htmlPieces({ ...page, body: [body] })].join('');
}

/** The same, whose body comes part by part. */
export function* htmlPieces({
  title,
  heading,
  body,
  style = '',
  script,
}: Omit<HtmlPage, 'body'> & { readonly body: Iterable<Markup> }): Generator<string> {
  const scripts = script === undefined ? '' : `; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  yield markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${{ markup: scripts }}">
<title>${title}</title>
<style>${{ markup: STYLE }}${{ markup: style }}</style>
</head>
<body>
<main>
<h1><span>regild</span> ${heading}</h1>
`.markup;
  for (const part of body) yield part.markup;
  yield markup`</main>${when(script, (text) => markup`\n<script>${{ markup: text }}</script>`)}
</body>
</html>
`.markup;
}
