/** What the rest of the machine becomes on Azure: region, instance type and volumes. Pure: the catalog is an argument. */

export { describeDisk, explainMapping, type MappingTree } from './explain.ts';
export { type DisksOnSize, disksOnSize } from './fit-machine.ts';
export { type InstanceMapping, mapInstance, type SizeCandidate } from './instance.ts';
export type { InstanceShape } from './instance-shape.ts';
export { geographyOf, mapRegion, type RegionMapping } from './region.ts';
export { type Mapping, mapSubject, mapSubjects } from './subject.ts';
export { mapVolume, type VolumeMapping } from './volume.ts';
