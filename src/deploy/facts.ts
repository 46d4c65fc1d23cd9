import type { Catalog } from '../catalog/schema.ts';
import type { Ami, DeploymentTarget, ExistingDefinition, ExistingVersion, ImageSpec, PlanOutline, VmSize } from '../model/index.ts';

/** What the user says of the machine; absent = chosen. */
export interface DeployWish {
  readonly target: DeploymentTarget;
  /** Azure location, normalised. */
  readonly location?: string | undefined;
  readonly size?: string | undefined;
  /** The EC2 instance type that the machine is to stand in for, for example m5.large. */
  readonly instanceType?: string | undefined;
  readonly zones?: readonly string[] | undefined;
  /** Whether the OS disk is to lie on the host. */
  readonly ephemeral: boolean;
  /** ARM id of a disk encryption set. */
  readonly diskEncryptionSet?: string | undefined;
}

/** Everything that a deployment is decided from. */
export interface DeployFacts {
  readonly spec: ImageSpec;
  /** Name of the image that is built: another one than that of `spec` where the version is a copy in production. */
  readonly planned: string;
  readonly version: ExistingVersion;
  readonly definition: ExistingDefinition;
  /** VM sizes of the location. */
  readonly sizes: readonly VmSize[];
  readonly location: string;
  /** The AMI and what a build would do today; undefined where the image cannot be planned. */
  readonly ami: Ami | undefined;
  readonly plan: PlanOutline | undefined;
  readonly catalog: Pick<Catalog, 'instances' | 'series' | 'volumes' | 'disks'>;
}
