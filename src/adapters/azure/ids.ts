/** A location as ARM compares it: `West Europe` becomes `westeurope`. */
export function normalLocation(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}

/** ARM id of a resource group, for scopes in messages. */
export function groupId(subscription: string, resourceGroup: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
}
