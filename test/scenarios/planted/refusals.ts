import type { HttpRequest, HttpResponse } from '../../../src/sandbox/http.ts';

/** What is tried again by itself is told alike, when it stays so. */
const STATUSES = [400, 403, 404, 409, 401] as const;

/** Words of somebody else, and which of the places they stand in. */
export interface Said {
  readonly said: string;
  readonly number: number;
}

/** A refusal in the form of the cloud that is asked, whose every text and header quotes what is said. */
export function refusing({ origin }: HttpRequest, { headers = {}, body }: HttpResponse, { said, number }: Said): HttpResponse {
  const line = said.replace(/[^\x20-\x7e]/g, ' ');
  const quoted = {
    'x-ms-request-id': line,
    'x-ms-correlation-request-id': line,
    'x-amzn-requestid': line,
    'www-authenticate': `Bearer authorization_uri="${origin}", error="invalid_token", error_description="${line.replaceAll('"', "'")}"`,
    location: `${origin}/elsewhere?said=${encodeURIComponent(said)}`,
    server: line,
  };
  const status = STATUSES[number % STATUSES.length] ?? 400;
  if (typeof body === 'string' && body.trimStart().startsWith('<')) {
    const text = said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const error = `<Error><Code>Refused</Code><Message>${text}</Message></Error>`;
    return {
      status,
      headers: { ...quoted, 'content-type': 'text/xml' },
      body: `<Response><Errors>${error}</Errors><RequestID>${text}</RequestID></Response>`,
    };
  }
  if (String(headers['content-type']).includes('x-amz-json')) {
    return { status, headers: { ...headers, ...quoted }, body: JSON.stringify({ __type: 'Refused', message: said, Message: said }) };
  }
  const error = {
    code: 'Refused',
    message: said,
    target: said,
    details: [{ code: said, message: said }],
    innererror: { code: said, internalexception: { message: said } },
  };
  return { status, headers: quoted, body: { error, message: said, error_description: said } };
}
