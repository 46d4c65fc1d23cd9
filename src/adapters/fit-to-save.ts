import { RegildError } from '../errors.ts';
import { type Content, redacting, secretIn } from '../model/redact.ts';

/**
 * What of a text may be written into a file, piece by piece: the one way to the disk. Secrets are taken out of what is told, and are a reason to refuse
 * what has to stay as it is: throws SECRET_IN_OUTPUT, without the secret.
 */
export function* fitToSave(path: string, text: string | Iterable<string>, content: Content): Generator<string> {
  const pieces = typeof text === 'string' ? [text] : text;
  if (content === 'text' || content === 'json' || content === 'kept') {
    const way = redacting(content);
    for (const piece of pieces) yield way.push(piece);
    yield way.end();
    return;
  }
  let before = '';
  for (const piece of pieces) {
    if (content !== 'secret') requireNone(before + piece, content, inFile(path));
    before = piece.slice(-LONGEST_SECRET);
    yield piece;
  }
}

/** A secret may be cut between two pieces. */
const LONGEST_SECRET = 8192;

/** How a refusal is told. */
interface Refusal {
  readonly message: (found: string) => string;
  readonly hint: string;
}

function inFile(path: string): Refusal {
  return {
    message: (found) => `${path} would hold ${found}, and has to be written as it is`,
    hint: 'take it out of the manifest, or out of what is copied; keep it in Azure Key Vault and name it under `secrets` of the step that needs it',
  };
}

/** Throws SECRET_IN_OUTPUT, without the secret, for a text that has to stay as it is and holds one. */
export function requireNone(text: string, content: 'exact' | 'answered', { message, hint }: Refusal): void {
  const found = secretIn(text, content);
  if (found !== undefined) throw new RegildError('SECRET_IN_OUTPUT', message(found), { hint });
}

/** The same for what is written at once; bytes have to stay as they are. */
export function fitAtOnce(path: string, given: string | Uint8Array, content: Content): string | Uint8Array {
  if (typeof given === 'string') return [...fitToSave(path, given, content)].join('');
  if (content !== 'secret') requireNone(Buffer.from(given).toString('latin1'), 'exact', inFile(path));
  return given;
}
