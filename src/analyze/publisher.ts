import type { AmiFamily, NameRules } from '../catalog/schema.ts';
import type { Ami } from '../model/index.ts';
import { ownerOf } from './owner.ts';

/** An account that publishes one distribution only, so that even an AMI with an unknown name of its is of that distribution. */
export interface Publisher {
  readonly distro: string;
  readonly families: readonly AmiFamily[];
  readonly owner: string;
  readonly from: string;
}

/** The publisher that owns the AMI; undefined where the owner is unknown, private, publishes several distributions, or none of this platform. */
export function publisherOf(ami: Ami, { publishers }: Pick<NameRules, 'publishers'>): Publisher | undefined {
  const { id, from } = ownerOf(ami);
  const families = id === undefined ? undefined : publishers.get(id);
  const distro = families?.[0]?.distro;
  if (id === undefined || families === undefined || distro === undefined || contradicts(ami, families)) return undefined;
  return { distro, families, owner: id, from };
}

function contradicts({ platform = '' }: Ami, families: readonly AmiFamily[]): boolean {
  const windows = /^windows/i.test(platform);
  return families.some(({ osFamily }) => (osFamily === 'windows') !== windows);
}
