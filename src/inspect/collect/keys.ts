import { createHash } from 'node:crypto';
import type { InventorySetting } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { filesIn, readBytes, TEXT_LIMIT } from '../read.ts';

interface KeyFolder {
  readonly folder: string;
  readonly kind: InventorySetting['kind'];
  readonly fingerprint: (bytes: Uint8Array) => string | undefined;
}

/** Where package managers and TLS keep what an administrator told them to trust. */
const FOLDERS: readonly KeyFolder[] = [
  ...['/etc/apt/trusted.gpg.d', '/etc/apt/keyrings', '/etc/pki/rpm-gpg'].map((folder) => ({
    folder,
    kind: 'repository-key' as const,
    fingerprint: pgpFingerprint,
  })),
  ...['/usr/local/share/ca-certificates', '/etc/pki/ca-trust/source/anchors', '/etc/pki/trust/anchors'].map((folder) => ({
    folder,
    kind: 'trust-anchor' as const,
    fingerprint: certificateFingerprint,
  })),
];

/** The fingerprints of repository keys and trust anchors, each with its file; a file that holds no key is left out. */
export async function collectKeys(tree: FileTree): Promise<readonly InventorySetting[]> {
  return (await Promise.all(FOLDERS.map((each) => keysIn(tree, each)))).flat();
}

async function keysIn(tree: FileTree, { folder, kind, fingerprint }: KeyFolder): Promise<readonly InventorySetting[]> {
  const paths = await filesIn(tree, folder);
  const found = await Promise.all(paths.map(async (path) => ({ path, bytes: await readBytes(tree, path, TEXT_LIMIT) })));
  return found.flatMap(({ path, bytes }) => {
    const value = bytes && fingerprint(bytes);
    return value === undefined ? [] : [{ kind, name: path.slice(folder.length + 1), value, path }];
  });
}

const PUBLIC_KEY_PACKET = 6;

/** The version 4 fingerprint of the first key in a file, armored or not: SHA-1 over 0x99, two bytes of length and the packet's body (RFC 4880, 12.2). */
export function pgpFingerprint(bytes: Uint8Array): string | undefined {
  const body = firstPacket(dearmored(bytes));
  if (body === undefined || body[0] !== 4) return undefined;
  const head = Uint8Array.of(0x99, body.length >> 8, body.length & 0xff);
  return createHash('sha1').update(head).update(body).digest('hex').toUpperCase();
}

function dearmored(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder('latin1').decode(bytes);
  const [, body] = /-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n(?:[^\n]+\n)*?\r?\n([A-Za-z0-9+/=\s]+?)\r?\n=/.exec(text) ?? [];
  return body === undefined ? bytes : Buffer.from(body, 'base64');
}

/** The body of the packet at the start, where it is a public key; the ways of writing a length that a key has (RFC 4880, 4.2). */
function firstPacket(bytes: Uint8Array): Uint8Array | undefined {
  const [tag = 0, first = 0, second = 0] = bytes;
  const old = (tag & 0xc0) === 0x80;
  if (((old ? tag >> 2 : tag) & (old ? 0x0f : 0x3f)) !== PUBLIC_KEY_PACKET || (tag & 0x80) === 0) return undefined;
  if (old)
    return (tag & 3) === 0 ? bytes.subarray(2, 2 + first) : (tag & 3) === 1 ? bytes.subarray(3, 3 + first * 256 + second) : undefined;
  if (first < 192) return bytes.subarray(2, 2 + first);
  return first < 224 ? bytes.subarray(3, 3 + (first - 192) * 256 + second + 192) : undefined;
}

/** SHA-256 of the first certificate's DER, as openssl and browsers show it. */
export function certificateFingerprint(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('latin1').decode(bytes);
  const [, body] = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(text) ?? [];
  const der = body === undefined ? bytes : Buffer.from(body, 'base64');
  return der[0] === 0x30 ? createHash('sha256').update(der).digest('hex').toUpperCase() : undefined;
}
