import type { Signature } from '../signature.ts';
import { AWS } from './aws.ts';
import { CAPACITY } from './capacity.ts';
import { GALLERY } from './gallery.ts';
import { IMAGE_BUILDER } from './image-builder.ts';
import { LINUX } from './linux.ts';
import { MACHINE } from './machine.ts';
import { NETWORK } from './network.ts';
import { PACKER } from './packer.ts';
import { RIGHTS } from './rights.ts';
import { SYSPREP } from './sysprep.ts';
import { WINDOWS } from './windows.ts';

/** Every known wording. The first that matches wins: within a subject the specific ones stand before the general ones, and so do the subjects. */
export const SIGNATURES: readonly Signature[] = [
  ...SYSPREP,
  ...GALLERY,
  ...MACHINE,
  ...CAPACITY,
  ...NETWORK,
  ...RIGHTS,
  ...WINDOWS,
  ...LINUX,
  ...PACKER,
  ...AWS,
  ...IMAGE_BUILDER,
];
