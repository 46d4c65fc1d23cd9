import { expect, test } from 'vitest';
import { isOfAllSizes, placesOf, shortageIn } from '../../src/model/index.ts';

const NO_CODE =
  "InvalidTemplateDeployment: The resource with id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v' failed validation with message: 'The requested size for resource '/x' is currently not available in location 'eastus' zones '' for subscription 's'. Please try another size or deploy to a different location or zones.'";
const REGIONAL =
  'OperationNotAllowed Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional details - Current Limit: 10';

test.each([
  ['SkuNotAvailable could not create the test VM', 'not-available'],
  ['QuotaExceeded: exceeding quota limit of standardDv2Family Cores. Maximum allowed: 10', 'quota'],
  ['AllocationFailed: Allocation failed. We do not have sufficient capacity', 'no-room'],
  ['ZonalAllocationFailed: Allocation failed. We do not have sufficient capacity in this zone', 'zone-full'],
  ['OverconstrainedZonalAllocationRequest: Allocation failed. VM(s) with the following constraints', 'zone-full'],
  ['OverconstrainedAllocationRequest: the VM size cannot be allocated with these constraints', 'too-many-wishes'],
  [REGIONAL, 'quota'],
  ['exceeding approved standardDSv5Family Cores quota', 'quota'],
  [NO_CODE, 'not-available'],
])('%s', (said, shortage) => {
  expect(shortageIn(said)).toBe(shortage);
});

test.each([
  'OperationNotAllowed: The maximum number of data disks allowed to be attached to a VM of this size is 4.',
  "InvalidParameter: The VM size 'Standard_D2s_v5' cannot boot with OS image or disk.",
  'OSProvisioningTimedOut: OS Provisioning for VM did not finish in the allotted time',
  'TooManyRequests: OperationNotAllowed, too many requests',
  'RequestDisallowedByPolicy: the quota tag is missing',
])('%s is no lack of room', (said) => {
  expect(shortageIn(said)).toBeUndefined();
});

test('only the quota of the location counts every size', () => {
  expect(
    [REGIONAL, 'exceeding quota limit of Total Regional vCPUs', 'exceeding approved standardDSv5Family Cores quota'].map(isOfAllSizes),
  ).toEqual([true, true, false]);
});

test('a size is tried in every zone before the next one', () => {
  expect(placesOf(['a', 'b'], ['2', '1'])).toEqual([
    { vmSize: 'a', zone: '2' },
    { vmSize: 'a', zone: '1' },
    { vmSize: 'b', zone: '2' },
    { vmSize: 'b', zone: '1' },
  ]);
  expect(placesOf(['a', 'b'])).toEqual([{ vmSize: 'a' }, { vmSize: 'b' }]);
});
