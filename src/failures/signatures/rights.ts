import type { Signature } from '../signature.ts';

const ARM = 'learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors';
const AADSTS = 'learn.microsoft.com/entra/identity-platform/reference-error-codes';
const GALLERY = 'learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images';
const earlier = '2026-11-21';
const verified = '2026-11-25';

/** Who may do what, and what a subscription allows at all. */
export const RIGHTS = [
  {
    id: 'assertion-expired',
    pattern: /AADSTS700024/,
    cause: 'the token that the CI system issued for the login had run out, or a clock is wrong',
    cure: 'run the job again, and let regild fetch its own tokens (GitHub: `permissions: id-token: write`) instead of passing one',
    example: 'AADSTS700024: Client assertion is not within its valid time range.',
    source: AADSTS,
    verified,
  },
  {
    id: 'no-federated-credential',
    pattern: /AADSTS70021\b|AADSTS700213|AADSTS700211|No matching federated identity record/i,
    cause: 'the application has no federated credential for this repository, branch or environment',
    cure: 'add one whose subject is the one that the message quotes (`az ad app federated-credential create`)',
    example: 'AADSTS700213: No matching federated identity record found for presented assertion subject',
    source: AADSTS,
    verified,
  },
  {
    id: 'wrong-secret',
    pattern: /AADSTS7000215/,
    cause: 'the client secret is wrong: often its id was copied instead of its value',
    cure: 'set `AZURE_CLIENT_SECRET` to the value of a secret of that application',
    example: 'AADSTS7000215: Invalid client secret provided.',
    source: AADSTS,
    verified,
  },
  {
    id: 'expired-secret',
    pattern: /AADSTS7000222/,
    cause: 'the client secret has expired',
    cure: 'make a new one (`az ad app credential reset`), or use federated credentials, which do not expire',
    example: 'AADSTS7000222: The provided client secret keys for app are expired.',
    source: AADSTS,
    verified,
  },
  {
    id: 'unknown-application',
    pattern: /AADSTS700016/,
    cause: 'the tenant does not know the application',
    cure: 'check `AZURE_CLIENT_ID` and `AZURE_TENANT_ID`: they must belong together',
    example: "AADSTS700016: Application with identifier 'x' was not found in the directory 'y'.",
    source: AADSTS,
    verified,
  },
  {
    id: 'subscription-disabled',
    pattern: /ReadOnlyDisabledSubscription|is disabled and therefore marked as read only/i,
    cause: 'the subscription is disabled (unpaid, expired or cancelled) and can only be read',
    cure: 'have its owner enable it again, or choose another `target.subscription`; no role helps',
    example:
      "ReadOnlyDisabledSubscription: The subscription 'x' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.",
    source: 'learn.microsoft.com/azure/cost-management-billing/manage/subscription-disabled',
    verified,
  },
  {
    id: 'shared-key',
    pattern: /KeyBasedAuthenticationNotPermitted|Key based authentication is not permitted/i,
    cause: 'a policy forbids account keys on storage accounts, and Image Builder’s staging account was asked with one',
    cure: 'exempt the staging group from the policy, or build with `engine: packer`, which needs no storage account; no role helps',
    example: 'KeyBasedAuthenticationNotPermitted: Key based authentication is not permitted on this storage account.',
    source: 'github.com/Azure/terraform-azurerm-avm-res-storage-storageaccount/issues/184',
    verified,
  },
  {
    id: 'policy',
    pattern: /RequestDisallowedByPolicy|disallowed by policy/i,
    cause: 'an Azure policy forbids it',
    cure: 'ask the owner of the assignment that the message names for an exemption, or give what it wants (`tags`, `target.location`)',
    example:
      'RequestDisallowedByPolicy: Resource \'pkrvnet\' was disallowed by policy. Policy identifiers: \'[{"policyAssignment":{"name":"Require a tag"}}]\'.',
    source: ARM,
    verified,
  },
  {
    id: 'linked-rights',
    pattern: /not authorized to access linked subscription|LinkedAuthorizationFailed/i,
    cause: 'the identity may do this, but may not read what it refers to',
    cure: 'give it read access on the resource that the message names',
    example: 'LinkedAuthorizationFailed: The client has permission to perform action but the linked subscription was not found',
    source: GALLERY,
    verified: earlier,
  },
  {
    id: 'locked',
    pattern: /ScopeLocked/i,
    cause: 'a lock protects the resource',
    cure: 'remove it, or choose another target',
    example: 'ScopeLocked: The scope cannot perform delete operation because following scope(s) are locked',
    source: ARM,
    verified: earlier,
  },
  {
    id: 'location-unavailable',
    pattern:
      /LocationNotAvailableForResourceType|location .* is not available for resource type|InvalidLocation|NoRegisteredProviderFoundForLocation/i,
    cause: 'the location is misspelt, or the service does not exist there',
    cure: 'check its spelling (`az account list-locations`), or ask for access to it',
    example:
      "LocationNotAvailableForResourceType: The provided location 'x' is not available for resource type 'Microsoft.Compute/galleries'.",
    source: GALLERY,
    verified: earlier,
  },
  {
    id: 'provider',
    pattern: /MissingSubscriptionRegistration|SubscriptionNotRegistered|NoRegisteredProviderFound/i,
    cause: 'the subscription has not registered the resource provider',
    cure: 'run `az provider register --namespace <namespace>` once',
    example: "MissingSubscriptionRegistration: The subscription is not registered to use namespace 'Microsoft.VirtualMachineImages'.",
    source: ARM,
    verified: earlier,
  },
  {
    id: 'group-missing',
    pattern: /ResourceGroupNotFound/i,
    cause: 'the resource group does not exist',
    cure: 'create it first (`az group create --name <name> --location <location>`), or correct `target.resourceGroup`',
    example: "ResourceGroupNotFound: Resource group 'rg' could not be found.",
    source: ARM,
    verified: earlier,
  },
  {
    id: 'subscription-missing',
    pattern: /SubscriptionNotFound|InvalidSubscriptionId/i,
    cause: 'the subscription does not exist, or the identity in use may not see it',
    cure: 'check `target.subscription` and the login (`az account list`)',
    example: "SubscriptionNotFound: The subscription 'x' could not be found.",
    source: ARM,
    verified: earlier,
  },
] satisfies readonly Signature[];
