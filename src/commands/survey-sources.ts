import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import type { Io } from './command.ts';
import { decodeText, type ImageFile, readImageFile } from './files.ts';

/** The AMI records of a file, or of standard input for `-`. Throws FILE_NOT_FOUND and FILE_INVALID. */
export async function readRecords(file: string, region: string | undefined, io: Io): Promise<ImageFile> {
  const bytes = file === '-' ? await readInput(io) : await readBytes(file, io);
  return readImageFile(decodeText(bytes), file === '-' ? 'standard input' : file, region ?? '');
}

async function readInput({ input }: Io): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input?.() ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function readBytes(file: string, { folder }: Io): Promise<Uint8Array> {
  try {
    return await readFile(resolve(folder, file));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
    throw new RegildError('FILE_NOT_FOUND', reason === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read (${reason})`, {
      hint: 'make it with: aws ec2 describe-images --owners self --output json > amis.json',
      cause: error,
    });
  }
}
