import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { execa } from 'execa';
import { RegildError } from '../errors.ts';
import { sha256 } from '../model/index.ts';
import type { Signer } from '../ports.ts';
import { oneLine } from './one-line.ts';

export interface SignerOptions {
  /** Absolute path of the folder that key files are relative to, and that programs are started in. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** What is signed with: the keys that DSSE's verifiers know. Ed25519 hashes by itself; ECDSA is over SHA-256. */
const ALGORITHMS: Readonly<Record<string, string | null>> = { ed25519: null, ec: 'sha256' };

/** Signs with a key of this machine, or has a program sign: it reads the bytes on its standard input and prints the signature in base64. */
export function createSigner(options: SignerOptions): Signer {
  return {
    sign: async (by, bytes) => {
      switch (by.kind) {
        case 'key':
          return signWithKey(await keyIn(resolve(options.folder, by.path), by.path), by.path, bytes);
        case 'command':
          return { sig: await signWithProgram(by.words, bytes, options) };
      }
    },
  };
}

async function keyIn(path: string, named: string): Promise<KeyObject> {
  try {
    return createPrivateKey(await readFile(path));
  } catch (error) {
    throw refused(
      `the key file ${named} cannot be used: ${said(error)}`,
      'it must be a private key in PEM without a passphrase; `sign.command` uses any other',
      error,
    );
  }
}

function signWithKey(key: KeyObject, path: string, bytes: Uint8Array): { readonly keyid: string; readonly sig: Uint8Array } {
  const algorithm = ALGORITHMS[key.asymmetricKeyType ?? ''];
  if (algorithm === undefined)
    throw refused(
      `the key file ${path} holds a key of the kind ${key.asymmetricKeyType}`,
      'make one with `openssl genpkey -algorithm ed25519`, or an ECDSA key on P-256',
    );
  const keyid = sha256(createPublicKey(key).export({ type: 'spki', format: 'der' }));
  return { keyid, sig: sign(algorithm, bytes, key) };
}

async function signWithProgram(
  words: readonly string[],
  bytes: Uint8Array,
  { folder, environment, signal }: SignerOptions,
): Promise<Uint8Array> {
  const [program = '', ...rest] = words;
  const answer = await execa(program, rest, {
    cwd: folder,
    env: environment,
    extendEnv: false,
    input: bytes,
    reject: false,
    ...(signal && { cancelSignal: signal }),
  });
  if (answer.failed)
    throw refused(
      `${program} did not sign: ${oneLine(answer.stderr || answer.shortMessage || 'it ended without a word')}`,
      'call it by hand: it reads what to sign on standard input and prints the signature in base64',
    );
  const text = answer.stdout.replaceAll(/\s/g, '');
  if (/^[A-Za-z0-9+/]{16,}={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  throw refused(`${program} printed no signature in base64`, 'it must print the signature alone, in base64');
}

function refused(message: string, hint: string, cause?: unknown): RegildError {
  return new RegildError('SIGNING_FAILED', message, { hint, cause });
}

function said(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error));
}
