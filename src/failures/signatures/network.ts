import type { Signature } from '../signature.ts';

const verified = '2026-11-25';
const looked = '2026-11-26';

/** Networks that a build or a test VM is put into. */
export const NETWORK = [
  {
    id: 'private-link-policies',
    pattern: /PrivateLinkServiceNetworkPolicies|SubnetThatHasNetworkPoliciesEnabled|Private ?link ?service network polic(?:y|ies)/i,
    cause: 'Image Builder makes a private link service in the subnet, and the subnet’s policies for those are on',
    cure: 'run `az network vnet subnet update --ids <build.subnet> --disable-private-link-service-network-policies true`',
    example: 'PrivateLinkService Network Policy is not disabled for the given subnet.',
    source: 'learn.microsoft.com/azure/virtual-desktop/troubleshoot-custom-image-templates',
    verified: looked,
  },
  {
    id: 'subnet-full',
    pattern: /SubnetIsFull/i,
    cause: 'the subnet has no free address left',
    cure: 'use a larger subnet (`build.subnet`, `test.subnet`), or build fewer images at a time (`--concurrency`)',
    example: 'SubnetIsFull: Subnet s with address prefix 10.0.0.0/29 does not have enough capacity for 1 IP addresses.',
    source: 'github.com/MicrosoftDocs/azure-docs/issues/88211',
    verified,
  },
  {
    id: 'subnet-missing',
    pattern: /Resource \S*\/subnets\/\S+ referenced by resource \S+ was not found/i,
    cause: 'the subnet does not exist, or lies in another region or subscription',
    cure: 'correct `build.subnet` or `test.subnet`, which must lie in `target.location` (`az network vnet subnet show --ids <id>`)',
    example:
      'InvalidResourceReference: Resource /subscriptions/x/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/v/subnets/s referenced by resource /y was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.',
    source: 'github.com/MicrosoftDocs/azure-docs/issues/81734',
    verified: looked,
  },
  {
    id: 'referenced-missing',
    pattern: /InvalidResourceReference/i,
    cause: 'something that the request refers to does not exist, or lies in another region',
    cure: 'correct the id that the message names',
    example: 'InvalidResourceReference: Resource /x referenced by resource /y was not found.',
    source: 'learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-not-found',
    verified,
  },
] satisfies readonly Signature[];
