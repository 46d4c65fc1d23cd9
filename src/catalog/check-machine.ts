import { type Issue, parseVmSizeName } from '../model/index.ts';
import { catalogIssue } from './catalog-issue.ts';
import type { Catalog, DefaultSize, InstanceClass, VmSeries } from './schema.ts';

/** Facts about regions, instances, sizes and disks that contradict each other, or that name what the catalog lacks. */
export function checkMachine(catalog: Catalog): readonly Issue[] {
  const { instances, series, sizes } = catalog;
  return [
    ...checkRegions(catalog),
    ...checkVolumes(catalog),
    ...instances.flatMap((one) => classFaults(one, series).map((fault) => catalogIssue(`instances/${one.id}`, fault))),
    ...series.flatMap((one) => seriesFaults(one).map((fault) => catalogIssue(`series/${one.id}`, fault))),
    ...sizes.flatMap((one) => sizeFaults(one, series).map((fault) => catalogIssue(`sizes/${one.id}`, fault))),
  ];
}

function checkRegions({ regions, geographies }: Catalog): readonly Issue[] {
  const known = new Set(geographies.flatMap(({ locations }) => locations.map(({ name }) => name)));
  return regions.flatMap(({ id, azure, alternatives }) =>
    [azure, ...alternatives.map(({ location }) => location)]
      .filter((location) => location !== undefined && !known.has(location))
      .map((location) => catalogIssue(`regions/${id}`, `no location '${location}' in geographies/`)),
  );
}

function checkVolumes({ volumes, disks }: Catalog): readonly Issue[] {
  return volumes.flatMap(({ id, dataDisks, osDisks, lighter }) => {
    const named = [...dataDisks, ...osDisks, ...(lighter ? [lighter.disk] : [])];
    const missing = named.filter((disk) => !disks.some((one) => one.id === disk));
    const noOsDisk = osDisks.filter((disk) => disks.some((one) => one.id === disk && !one.osDisk));
    return [
      ...missing.map((disk) => catalogIssue(`volumes/${id}`, `no disk type '${disk}' in disks/`)),
      ...noOsDisk.map((disk) => catalogIssue(`volumes/${id}`, `${disk} is no OS disk`)),
    ];
  });
}

function classFaults({ id, families, exact, series }: InstanceClass, all: readonly VmSeries[]): readonly string[] {
  const types = new Set(families.flatMap(({ name, sizes }) => sizes.map((size) => `${name}.${size}`)));
  return [
    ...series.filter((name) => !all.some((one) => one.id === name)).map((name) => `no series '${name}' in series/`),
    ...series.filter((name, place) => series.indexOf(name) < place).map((name) => `it names the series ${name} twice`),
    ...families
      .filter(({ name }) => !new RegExp(`^${id}(?![a-z])`).test(name))
      .map(({ name }) => `${name} is no family of the class ${id}`),
    ...exact.filter(({ type }) => !types.has(type)).map(({ type }) => `${type} is in no family's sizes`),
    ...families.flatMap(({ name, sizes, accelerator }) =>
      accelerator ? sizes.filter((size) => !(size in accelerator.count)).map((size) => `${name}.${size} has no accelerator count`) : [],
    ),
  ];
}

/** A size's own name says its vCPUs, its architecture, and whether it has a local disk. */
function seriesFaults({ architecture, localDisk, sizes }: VmSeries): readonly string[] {
  return sizes.flatMap(({ name, vcpus }) => {
    const parts = parseVmSizeName(name);
    if (!parts) return [`${name} is not the name of a VM size`];
    return [
      ...(parts.vcpus === vcpus ? [] : [`${name} has another number of vCPUs than ${vcpus}`]),
      ...(parts.architecture === architecture ? [] : [`${name} is ${parts.architecture}, its series ${architecture}`]),
      ...(parts.features.includes('d') && !localDisk ? [`${name} has a local disk, its series has not`] : []),
    ];
  });
}

/** A default size may claim less than its series, never more. */
function sizeFaults(
  { name, architecture, generations, controllers, trustedLaunch }: DefaultSize,
  all: readonly VmSeries[],
): readonly string[] {
  const of = all.find(({ sizes }) => sizes.some((size) => size.name === name));
  if (!of) return [];
  return [
    ...(of.architecture === architecture ? [] : [`its series is ${of.architecture}`]),
    ...generations
      .filter((generation) => !of.generations.includes(generation))
      .map((generation) => `its series does not boot ${generation}`),
    ...controllers
      .filter((controller) => of.controllers?.includes(controller) === false)
      .map((controller) => `its series has no ${controller}`),
    ...(trustedLaunch && of.trustedLaunch === false ? ['its series has no Trusted Launch'] : []),
  ];
}
