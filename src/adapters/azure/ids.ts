/** ARM id of a resource group, for scopes in messages. */
export function groupId(subscription: string, resourceGroup: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
}
