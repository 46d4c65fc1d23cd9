/** A location as ARM compares it: `West Europe` and `westeurope` are the same. */
export function normalLocation(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}

/** Whether two ARM ids name the same resource; ARM ids do not mind case. */
export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The last segment of an id: the resource's own name. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The id of the resource that holds this one: `…/images/web/versions/1.0.0` gives `…/images/web`. */
export function parentOf(id: string): string {
  return id.split('/').slice(0, -2).join('/');
}

/** The id of the resource that a collection belongs to: `…/galleries/g/images` gives `…/galleries/g`. */
export function ownerOf(collection: string): string {
  return collection.slice(0, collection.lastIndexOf('/'));
}

/** Id of a resource group. */
export function groupId(subscription: string, name: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${name}`;
}

/** Id of a resource in a group, from its type and names in turn: `('Microsoft.Compute', 'galleries', 'g', 'images', 'web')`. */
export function resourceId(subscription: string, group: string, namespace: string, ...segments: readonly string[]): string {
  return `${groupId(subscription, group)}/providers/${namespace}/${segments.join('/')}`;
}

/** What an id says; parts that it does not have are empty. */
export function parseId(id: string): {
  readonly subscription: string;
  readonly group: string;
  readonly type: string;
  readonly names: readonly string[];
} {
  const found = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?(?:\/providers\/([^/]+)\/(.+))?$/i.exec(id);
  const segments = found?.[4]?.split('/') ?? [];
  const types = segments.filter((_, index) => index % 2 === 0);
  const names = segments.filter((_, index) => index % 2 === 1);
  return { subscription: found?.[1] ?? '', group: found?.[2] ?? '', type: [found?.[3] ?? '', ...types].join('/'), names };
}
