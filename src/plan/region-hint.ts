import type { Catalog } from '../catalog/schema.ts';
import { geographyOf, mapRegion } from '../map/index.ts';
import type { ImageSpec, Issue } from '../model/index.ts';

/**
 * Points out that the image leaves the geography of its AMI, since data residency may forbid it. Silent where the location is the region's
 * own or an alternative of it, and where the catalog does not know both places.
 */
export function regionHint(spec: ImageSpec, awsRegion: string, catalog: Pick<Catalog, 'regions' | 'geographies'>): readonly Issue[] {
  const mapping = mapRegion(awsRegion, catalog);
  if (mapping.kind !== 'region') return [];
  const { location } = spec.target;
  const near = [mapping.azure, ...mapping.alternatives.map((alternative) => alternative.location)];
  const [here, there] = [geographyOf(location, catalog), geographyOf(mapping.azure, catalog)];
  if (near.includes(location) || !here || !there || here.id === there.id) return [];
  return [
    {
      severity: 'info',
      code: 'OTHER_GEOGRAPHY',
      message: `target.location ${location} lies in ${here.title}, the AMI comes from ${awsRegion} (${mapping.place})`,
      hint: `the Azure location for ${awsRegion} is ${mapping.azure}; make sure that the data may leave ${there.title}`,
      image: spec.name,
      place: spec.place,
    },
  ];
}
