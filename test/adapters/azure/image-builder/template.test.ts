import type { ImageTemplate } from '@azure/arm-imagebuilder';
import { expect, test } from 'vitest';
import { nextStep, runEnded, runProgress, toBuildTemplate } from '../../../../src/adapters/azure/image-builder/template.ts';

const TARGET = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/web/versions/1.0.0';
const DISTRIBUTE = { type: 'SharedImage', galleryImageId: TARGET, runOutputName: 'web' } as const;
const BODY = {
  location: 'westeurope',
  identity: { type: 'UserAssigned', userAssignedIdentities: { '/id': {} } },
  tags: { 'regild-run': 'run-1' },
  properties: {
    source: { type: 'PlatformImage', publisher: 'Canonical', offer: 'o', sku: 's', version: '1' },
    customize: [{ type: 'Shell', name: 'x', inline: ['echo "${env("PATH")}"'] }],
    distribute: [DISTRIBUTE],
    vmProfile: { vmSize: 'Standard_D2s_v5' },
  },
};

test('a rendered body becomes the model of the SDK, with nothing lost', () => {
  const { properties, ...rest } = BODY;
  expect(toBuildTemplate(BODY)).toEqual({ template: { ...rest, ...properties }, output: 'web', target: TARGET });
});

test.each([
  [undefined],
  [{ ...BODY, location: 1 }],
  [{ ...BODY, properties: {} }],
  [{ ...BODY, properties: { ...BODY.properties, distribute: [DISTRIBUTE, DISTRIBUTE] } }],
  [{ ...BODY, properties: { ...BODY.properties, distribute: [{ type: 'VHD', runOutputName: 'x' }] } }],
])('%j is no template of ours', (body) => {
  expect(() => toBuildTemplate(body)).toThrow(expect.objectContaining({ code: 'TEMPLATE_INVALID' }));
});

const THERE: ImageTemplate = {
  location: 'westeurope',
  identity: {},
  provisioningState: 'Succeeded',
  distribute: [DISTRIBUTE],
  tags: { 'regild-digest': 'd1' },
};
const OTHER = { ...THERE, tags: { 'regild-digest': 'd2' } };

test.each<[string, ImageTemplate | undefined, string]>([
  ['nothing there', undefined, 'create'],
  ['still being created', { ...THERE, provisioningState: 'Creating' }, 'wait'],
  ['being deleted', { ...THERE, provisioningState: 'Deleting' }, 'wait'],
  ['creation failed', { ...THERE, provisioningState: 'Failed' }, 'remove'],
  ['made for another version', { ...THERE, distribute: [{ ...DISTRIBUTE, galleryImageId: '/other' }] }, 'remove'],
  ['never run', THERE, 'run'],
  ['made from another recipe', OTHER, 'remove'],
  ['building another recipe', { ...OTHER, lastRunStatus: { runState: 'Running' } }, 'cancel'],
  ['being stopped at another recipe', { ...OTHER, lastRunStatus: { runState: 'Canceling' } }, 'wait'],
  ['done with another recipe', { ...OTHER, lastRunStatus: { runState: 'Succeeded' } }, 'remove'],
  ['of nobody knows which recipe', { ...THERE, tags: {} }, 'remove'],
  ['running', { ...THERE, lastRunStatus: { runState: 'Running' } }, 'attach'],
  ['being cancelled', { ...THERE, lastRunStatus: { runState: 'Canceling' } }, 'wait'],
  ['done', { ...THERE, lastRunStatus: { runState: 'Succeeded' } }, 'finished'],
  ['failed', { ...THERE, lastRunStatus: { runState: 'Failed' } }, 'remove'],
  ['cancelled', { ...THERE, lastRunStatus: { runState: 'Canceled' } }, 'remove'],
])('a template that is %s', (_, existing, step) => {
  expect(nextStep(existing, { target: TARGET.toUpperCase(), digest: 'd1' })).toBe(step);
});

test('a run tells where it is until it has ended', () => {
  expect(
    [undefined, { runState: 'Running' as const, runSubState: 'Building' as const }, { runState: 'Canceling' as const }].map(runProgress),
  ).toEqual([undefined, 'Building', 'Canceling']);
  const states = ['Running', 'Canceling', 'Succeeded', 'PartiallySucceeded', 'Failed', 'Canceled'] as const;
  expect(states.filter((runState) => runEnded({ runState }))).toEqual(['Succeeded', 'PartiallySucceeded', 'Failed', 'Canceled']);
  expect(runEnded(undefined)).toBe(false);
});
