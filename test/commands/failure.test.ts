import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Io } from '../../src/commands/command.ts';
import { printFailure } from '../../src/commands/failure.ts';
import { RegildError } from '../../src/errors.ts';

const PLANTED = 'Pl4nt3dSecretValue';

/** One text for each way in which a cloud's answer was seen to quote a secret. */
const SHAPES = [
  `Authorization: Bearer ${PLANTED}`,
  `Authorization: Basic ${PLANTED}`,
  `https://x.blob.core.windows.net/c?sv=1&sig=${PLANTED}&se=2`,
  `https://user:${PLANTED}@example.com/`,
  `AccountKey=${PLANTED};EndpointSuffix=core.windows.net`,
  `{"clientSecret":"${PLANTED}","access_token":"${PLANTED}","refreshToken":"${PLANTED}"}`,
  `{\\"accountKey\\": \\"${PLANTED}\\", \\"primaryKey\\":\\"${PLANTED}\\"}`,
  `client_secret=${PLANTED}&grant_type=client_credentials`,
  `aws_secret_access_key = ${PLANTED}`,
  `x-amz-security-token:${PLANTED}`,
  `X-Amz-Security-Token%3D${PLANTED}`,
  `password: ${PLANTED}`,
  `pwd=${PLANTED}`,
  `-----BEGIN RSA PRIVATE KEY-----\n${PLANTED}\n-----END RSA PRIVATE KEY-----`,
  `ghp_${PLANTED}${PLANTED}`,
];

async function printed(failure: unknown, verbose: boolean): Promise<string> {
  const diagnostics = new PassThrough();
  printFailure(failure, { diagnostics } as unknown as Io, verbose);
  diagnostics.end();
  return text(diagnostics);
}

test.each(SHAPES)('%j is masked in message, details and cause, with -v too', async (said) => {
  const failure = new RegildError('CLOUD_FAILED', `azure said ${said}`, { details: { answer: said }, cause: new Error(said) });
  for (const verbose of [false, true]) expect(await printed(failure, verbose)).not.toContain(PLANTED);
  expect(await printed(new Error(said), true)).not.toContain(PLANTED);
  expect(`${failure.message} ${failure.details.answer}`).not.toContain(PLANTED);
});

test('what a cause says can neither write to the terminal nor command a CI system', async () => {
  const failure = new RegildError('CLOUD_FAILED', 'it failed', {
    cause: new Error('a\u001b[31mb\u0007\r\u202e\n##vso[task.setvariable]x\n::add-mask::y'),
  });
  const said = await printed(failure, true);
  expect(['\u0007', '\u001b', '\r', '\u202e', '##vso[', '\n::', '\n  ::'].filter((one) => said.includes(one))).toEqual([]);
  expect(said).toContain('\\u0023#vso[task.setvariable]x');
});
