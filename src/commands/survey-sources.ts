import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createEc2 } from '../adapters/aws/ec2.ts';
import { type ImageFile, readImageFile } from '../adapters/aws/image-file.ts';
import { createInventory } from '../adapters/aws/inventory.ts';
import { systemClock } from '../adapters/clock.ts';
import { decodeText } from '../adapters/decode-text.ts';
import { RegildError } from '../errors.ts';
import type { SurveyPorts } from '../survey/index.ts';
import { SANDBOX_SUBSCRIPTION } from './clouds.ts';
import type { Io } from './command.ts';
import { connectClouds } from './connect-clouds.ts';

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

/** Connects what a survey asks of AWS, hands it over, and takes it down again. Azure is not spoken to. */
export async function withInventory<Result>(sandbox: boolean, io: Io, use: (ports: SurveyPorts) => Promise<Result>): Promise<Result> {
  const clouds = sandbox
    ? ({ kind: 'sandbox', subscription: SANDBOX_SUBSCRIPTION } as const)
    : ({ kind: 'real', metadataUrl: undefined } as const);
  const { aws, names, close } = await connectClouds(clouds, io.environment);
  if (names.simulated) io.diagnostics.write('sandbox     AWS is simulated: no account is asked\n');
  try {
    return await use({ ec2: createEc2(aws), inventory: createInventory(aws), clock: systemClock });
  } finally {
    await close();
  }
}
