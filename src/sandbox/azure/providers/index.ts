import type { Route } from '../router.ts';
import { computeUsageRoutes } from './compute-usage.ts';
import { containerUsageRoutes } from './container-usage.ts';
import { deploymentRoutes } from './deployments/index.ts';
import { diskRoutes } from './disks/index.ts';
import { featureRoutes } from './features.ts';
import { computeGalleryRoutes } from './gallery/index.ts';
import { identityRoutes } from './identities.ts';
import { imageBuilderRoutes } from './image-builder/index.ts';
import { keyVaultRoutes } from './key-vault.ts';
import { marketplaceAgreementRoutes } from './marketplace-agreements.ts';
import { networkRoutes } from './network/index.ts';
import { operationRoutes } from './operations.ts';
import { permissionRoutes } from './permissions.ts';
import { policyRestrictionRoutes } from './policy-restrictions.ts';
import { resourceGraphRoutes } from './resource-graph.ts';
import { resourceGroupRoutes } from './resource-groups.ts';
import { resourceProviderRoutes } from './resource-providers.ts';
import { resourceSkuRoutes } from './resource-skus.ts';
import { resourceRoutes } from './resources.ts';
import { roleAssignmentRoutes } from './role-assignments.ts';
import { storageAccountRoutes } from './storage-accounts.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { virtualMachineImageRoutes } from './virtual-machine-images.ts';
import { virtualMachineRoutes } from './virtual-machines/index.ts';

/** Every operation of Resource Manager that the sandbox knows. */
export function azureRoutes(): readonly Route[] {
  const routes = [
    ...operationRoutes(),
    ...subscriptionRoutes(),
    ...resourceGroupRoutes(),
    ...resourceRoutes(),
    ...resourceGraphRoutes(),
    ...permissionRoutes(),
    ...featureRoutes(),
    ...computeUsageRoutes(),
    ...resourceSkuRoutes(),
    ...virtualMachineImageRoutes(),
    ...computeGalleryRoutes(),
    ...marketplaceAgreementRoutes(),
    ...networkRoutes(),
    ...diskRoutes(),
    ...virtualMachineRoutes(),
    ...imageBuilderRoutes(),
    ...keyVaultRoutes(),
    ...storageAccountRoutes(),
    ...identityRoutes(),
    ...roleAssignmentRoutes(),
    ...policyRestrictionRoutes(),
    ...containerUsageRoutes(),
  ];
  return [...routes, ...deploymentRoutes(routes), ...resourceProviderRoutes(routes)];
}
