import type { Signature } from '../signature.ts';

const ARM = 'learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors';

/** Room, quota, and doing one thing after the other. */
export const CAPACITY = [
  {
    id: 'capacity',
    pattern: /SkuNotAvailable|AllocationFailed|ZonalAllocationFailed|OverconstrainedAllocationRequest/i,
    cause: 'Azure has no room for this size here at the moment',
    cure: 'name another `build.vmSize` or `test.vmSize`, or another location',
    example:
      "SkuNotAvailable: The requested VM size for resource '/x' is currently not available in location 'westeurope'. Please try another size or deploy to a different location or different zone.",
    source: ARM,
    verified: '2026-11-21',
  },
  {
    id: 'cores',
    pattern: /QuotaExceeded|exceeding (?:approved .*quota|quota limits)|exceeds? .*quota/is,
    cause: 'the quota of virtual processors in this region is used up',
    cure: 'ask for more (`az quota`, or the portal under Usage + quotas), or use a size of another family',
    example:
      'OperationNotAllowed: Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional details - Deployment Model: Resource Manager, Location: westeurope, Current Limit: 10, Current Usage: 10, Additional Required: 2, (Minimum) New Limit Required: 12.',
    source: ARM,
    verified: '2026-11-21',
  },
  {
    id: 'public-addresses-basic',
    pattern: /IPv4BasicSkuPublicIpCountLimitReached|more than \d+ IPv4 Basic SKU public IP addresses/i,
    cause: 'Basic public addresses are retired, and what asked for one is an old Packer plugin',
    cure: 'use packer-plugin-azure 2.3 or later, or set `build.subnet`: Packer then takes no public address',
    example: 'Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.',
    source: 'github.com/skypilot-org/skypilot/issues/7977',
    verified: '2026-11-25',
  },
  {
    id: 'public-addresses',
    pattern: /PublicIPCountLimitReached|Cannot create more than \d+ public IP addresses/i,
    cause: 'the quota of public addresses in this region is used up',
    cure: 'delete unused ones, ask for more under Usage + quotas, or set `build.subnet` and `test.subnet`: no public address is taken then',
    example: 'PublicIPCountLimitReached: Cannot create more than 20 public IP addresses for this subscription in this region.',
    source: 'github.com/MicrosoftDocs/azure-docs/issues/106096',
    verified: '2026-11-25',
  },
  {
    id: 'throttled',
    pattern: /TooManyRequests|OperationNotAllowed.*too many requests/is,
    cause: 'Azure limits how often it may be asked',
    cure: 'wait and run the same command again: it continues where it stopped',
    example: 'TooManyRequests: Please reduce the number of requests',
    source: 'learn.microsoft.com/azure/virtual-machines/compute-throttling-limits',
    verified: '2026-11-21',
  },
  {
    id: 'concurrent',
    pattern: /due to conflict with a concurrent request|Operation .* conflicts with another operation in progress/i,
    cause: 'something else changes the same resource at the moment',
    cure: 'wait until it has ended (the activity log of the resource names it), then run the same command again',
    example:
      'Conflict: The request failed due to conflict with a concurrent request. To resolve it, please refer to https://aka.ms/activitylog to get more details on the conflicting requests.',
    source: 'github.com/microsoft/onefuzz (src/ApiService)',
    verified: '2026-11-25',
  },
] satisfies readonly Signature[];
