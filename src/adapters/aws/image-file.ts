import type { Image } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { RegildError } from '../../errors.ts';
import type { Ami, Issue } from '../../model/index.ts';
import { readJsonDocuments } from '../json-documents.ts';
import { oneLine } from '../one-line.ts';
import { toAmi } from './to-ami.ts';

/** What tools other than the CLI make of a number or a truth value; null stands for an absent field. */
const text = z.string();
const count = z.union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)]);
const truth = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]);

/** A record of DescribeImages as far as regild reads it; `--query` may have left out any of it. */
const ImageRecord = z.object({
  ImageId: text,
  Name: text,
  Description: text,
  OwnerId: text,
  ImageOwnerAlias: text,
  ImageLocation: text,
  CreationDate: text,
  DeprecationTime: text,
  State: text,
  Architecture: text,
  BootMode: text,
  VirtualizationType: text,
  Platform: text,
  PlatformDetails: text,
  UsageOperation: text,
  TpmSupport: text,
  ImdsSupport: text,
  EnaSupport: truth,
  ImageType: text,
  RootDeviceName: text,
  RootDeviceType: text,
  SourceImageId: text,
  SourceImageRegion: text,
  PublicSsmParameterName: text,
  Public: truth,
  ProductCodes: z.array(z.object({ ProductCodeId: text, ProductCodeType: text }).partial()),
  BlockDeviceMappings: z.array(
    z
      .object({
        DeviceName: text,
        VirtualName: text,
        NoDevice: text,
        Ebs: z
          .object({ SnapshotId: text, VolumeSize: count, VolumeType: text, Iops: count, Throughput: count, Encrypted: truth })
          .partial(),
      })
      .partial(),
  ),
  Tags: z.array(z.object({ Key: text, Value: text }).partial()),
});
const PartialRecord = ImageRecord.partial();

export interface ImageFile {
  readonly amis: readonly Ami[];
  readonly issues: readonly Issue[];
}

/**
 * The AMIs of a file in the form of DescribeImages output: `{"Images": […]}`, a bare list, one record, or several of these in a row (pages, JSON lines).
 * `region` is empty where the file's region is not known. Fields of an unexpected type count as absent and are named in an issue.
 * Throws FILE_INVALID with the place of what is not JSON, or the number of the entry that is no AMI record.
 */
export function readImageFile(content: string, file: string, region: string): ImageFile {
  const read = readJsonDocuments(content);
  if (read.kind === 'broken') throw invalid(`${file}:${read.line}:${read.column}: ${read.problem}`);
  if (read.values.length === 0) throw invalid(`${file} is empty`);
  const dropped = new Set<string>();
  const amis = read.values
    .flatMap((value) => recordsOf(value, file))
    .map((value, index) => {
      const record = toRecord(value, index, file);
      for (const field of record.dropped) dropped.add(field);
      return toAmi(record.image, region, record.image.PublicSsmParameterName);
    });
  return { amis, issues: droppedIssue([...dropped].sort(), file) };
}

function recordsOf(value: unknown, file: string): readonly unknown[] {
  if (Array.isArray(value)) return value.every(isPage) ? value.flatMap((page) => recordsOf(page, file)) : value;
  if (!isObject(value)) throw invalid(`${file} holds ${kindOf(value)}, where AMI records are expected`);
  if (!('Images' in value)) return [value];
  const { Images } = value;
  if (Array.isArray(Images)) return Images;
  throw invalid(`${file} holds ${kindOf(Images)} under "Images", where a list is expected`);
}

function isPage(value: unknown): boolean {
  return isObject(value) && 'Images' in value;
}

function toRecord(value: unknown, index: number, file: string): { readonly image: Image; readonly dropped: readonly string[] } {
  if (!isObject(value)) throw invalid(`entry ${index + 1} of ${file} is ${kindOf(value)}, not an AMI record`);
  if (!Object.keys(value).some(isField)) throw invalid(`entry ${index + 1} of ${file} has no field of an AMI`);
  const known = Object.entries(value)
    .filter(([name]) => isField(name))
    .map(([name, inner]) => [name, withoutNull(inner, name, index, file)] as const)
    .filter(([, inner]) => inner !== undefined);
  const parsed = PartialRecord.safeParse(Object.fromEntries(known));
  if (parsed.success) return { image: asImage(parsed.data), dropped: [] };
  const dropped = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))];
  return { image: asImage(PartialRecord.parse(Object.fromEntries(known.filter(([name]) => !dropped.includes(name))))), dropped };
}

function isField(name: string): boolean {
  return Object.hasOwn(ImageRecord.shape, name);
}

/** The SDK spells the values of some fields out as unions, which EC2 may extend at any time; regild reads them as text. */
function asImage(record: z.infer<typeof PartialRecord>): Image {
  return record as Image;
}

/** EC2's records are a few levels deep. */
const DEEPEST = 20;

/** The value without what is null, which stands for an absent field. Throws FILE_INVALID for one that is nested without end. */
function withoutNull(value: unknown, field: string, index: number, file: string, depth = 0): unknown {
  if (depth > DEEPEST) throw invalid(`entry ${index + 1} of ${file} holds more than ${DEEPEST} levels under ${field}`);
  const inner = (one: unknown) => withoutNull(one, field, index, file, depth + 1);
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(inner);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, one]) => [name, inner(one)])
      .filter(([, one]) => one !== undefined),
  );
}

function droppedIssue(fields: readonly string[], file: string): readonly Issue[] {
  if (fields.length === 0) return [];
  const message = `some records of ${file} hold ${fields.join(', ')} in a form that DescribeImages does not give; they are read as if absent`;
  return [{ severity: 'warning', code: 'FIELD_UNREADABLE', message }];
}

function isObject(value: unknown): value is Readonly<{ [name: string]: unknown }> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : typeof value === 'object' ? 'an object' : `the ${typeof value} ${oneLine(JSON.stringify(value))}`;
}

function invalid(problem: string): RegildError {
  return new RegildError('FILE_INVALID', problem, {
    hint: 'give what `aws ec2 describe-images --output json` prints, all of it or some fields under their own names',
  });
}
