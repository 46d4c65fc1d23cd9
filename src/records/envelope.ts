import type { Envelope } from '../model/index.ts';

/** Type of the payload of a signed in-toto statement (github.com/in-toto/attestation, spec/v1/envelope.md). */
const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** What is signed of a statement: DSSE's pre-authentication encoding, `DSSEv1 SP len(type) SP type SP len(body) SP body` with lengths in bytes. */
export function bytesToSign(statement: string): Uint8Array {
  const body = Buffer.from(statement);
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(PAYLOAD_TYPE)} ${PAYLOAD_TYPE} ${body.length} `), body]);
}

/** A statement with a signature over `bytesToSign` of it. */
export function envelopeOf(statement: string, { keyid, sig }: { readonly keyid?: string | undefined; readonly sig: Uint8Array }): Envelope {
  return {
    payload: Buffer.from(statement).toString('base64'),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ ...(keyid !== undefined && { keyid }), sig: Buffer.from(sig).toString('base64') }],
  };
}
