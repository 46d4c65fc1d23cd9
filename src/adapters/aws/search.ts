import type { DescribeImagesCommandInput, Image } from '@aws-sdk/client-ec2';
import { type AmiSource, compareText } from '../../model/index.ts';

export type Search = Extract<AmiSource, { readonly kind: 'search' }>;

/** The available AMIs of an owner with one of these names, in which `*` and `?` stand for others. */
export function queryFor({ owner, architecture }: Search, names: readonly string[]): DescribeImagesCommandInput {
  const filters = [
    { Name: 'name', Values: [...names] },
    { Name: 'state', Values: ['available'] },
    ...(architecture === undefined ? [] : [{ Name: 'architecture', Values: [architecture] }]),
  ];
  return { Owners: [owner], Filters: filters };
}

/** ISO dates sort as text; of two AMIs of one moment the id decides, so that two runs agree. */
export function newestFirst(one: Image, other: Image): number {
  return compareText(other.CreationDate ?? '', one.CreationDate ?? '') || compareText(other.ImageId ?? '', one.ImageId ?? '');
}
