import { expect, test } from 'vitest';
import { bytesToSign, envelopeOf } from '../../src/records/envelope.ts';

// The example of github.com/secure-systems-lab/dsse, protocol.md, has another type: its form is `DSSEv1 29 http://example.com/HelloWorld 11 hello world`.
test('what is signed counts bytes, not characters', () => {
  expect(Buffer.from(bytesToSign('hello world')).toString()).toBe('DSSEv1 28 application/vnd.in-toto+json 11 hello world');
  expect(Buffer.from(bytesToSign('ü')).toString()).toBe('DSSEv1 28 application/vnd.in-toto+json 2 ü');
});

test('an envelope holds the statement byte for byte', () => {
  expect(envelopeOf('{"a":"ü"}\n', { keyid: 'k', sig: Buffer.from([1, 255]) })).toEqual({
    payload: 'eyJhIjoiw7wifQo=',
    payloadType: 'application/vnd.in-toto+json',
    signatures: [{ keyid: 'k', sig: 'Af8=' }],
  });
  expect(envelopeOf('x', { sig: Buffer.from([0]) }).signatures).toEqual([{ sig: 'AA==' }]);
});
