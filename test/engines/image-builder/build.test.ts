import { describe, expect, test } from 'vitest';
import { buildWithImageBuilder } from '../../../src/engines/image-builder/build.ts';
import { RegildError } from '../../../src/errors.ts';
import { type Fakes, fakeContext, rendered } from '../fake-context.ts';
import { linuxPlan } from '../fixtures.ts';

const PLAN = linuxPlan();
const BODY = {
  location: 'x',
  tags: { team: 'web' },
  properties: {
    vmProfile: { vmSize: 'Standard_D2s_v5', osDiskSizeGB: 64 },
    managedResourceTags: {},
    customize: [{ type: 'Shell', name: 'install nginx' }],
    distribute: [{ type: 'SharedImage', artifactTags: { a: 'b' } }],
  },
};
const TEMPLATE = rendered(PLAN, [{ path: 'template.json', content: JSON.stringify(BODY) }]);
const REF = { subscription: PLAN.subscription, resourceGroup: 'images', name: 'regild-web-golden-20261121t081502-3f9a' };
const RUN_TAGS = { 'regild-run': '20261121t081502-3f9a', 'regild-deadline': '2026-11-22T08:15:02.000Z', 'regild-digest': 'd'.repeat(64) };

const failing = (error: unknown) => async () => {
  throw error;
};

async function outcome(fakes: Fakes) {
  const { context, calls } = fakeContext(fakes);
  const result = await buildWithImageBuilder(PLAN, TEMPLATE, context).catch((error: unknown) => error);
  return { result, calls };
}

test('tags everything with the run, and deletes the template in the end', async () => {
  const body = {
    location: 'x',
    tags: { team: 'web', ...RUN_TAGS },
    properties: {
      vmProfile: BODY.properties.vmProfile,
      errorHandling: { onCustomizerError: 'cleanup', onValidationError: 'cleanup' },
      managedResourceTags: RUN_TAGS,
      customize: BODY.properties.customize,
      distribute: [{ type: 'SharedImage', artifactTags: { a: 'b', ...RUN_TAGS } }],
    },
  };
  expect(await outcome({})).toEqual({
    result: { versionId: 'built-id', issues: [], tried: [] },
    calls: [
      ['template.build', REF, body],
      ['template.remove', REF],
    ],
  });
});

test('passes progress on', async () => {
  const { calls } = await outcome({
    imageBuilder: {
      build: async (_ref, _body, wait) => {
        wait.onUpdate?.('Customizing');
        return 'built-id';
      },
    },
  });
  expect(calls[0]).toEqual({ kind: 'stage-note', image: 'web-golden', stage: 'build', text: 'Customizing' });
});

describe('when the build does not end well', () => {
  test('the template is deleted after a failure', async () => {
    const error = new RegildError('BUILD_FAILED', 'it failed');
    expect(await outcome({ imageBuilder: { build: failing(error) } })).toEqual({ result: error, calls: [['template.remove', REF]] });
  });

  test('its log is saved first, and the message names the step that failed', async () => {
    const error = new RegildError('BUILD_FAILED', 'image builder run ended Failed: see customization.log', {
      details: { runState: 'Failed' },
    });
    const log = [
      '[r] PACKER OUT ==> azure-arm: Provisioning with shell script: /tmp/x',
      '[r] PACKER OUT ==> azure-arm: E: Unable to locate package ngnix',
      '[r] PACKER OUT ==> azure-arm: Script exited with non-zero exit status: 100. Allowed exit codes are: [0]',
    ].join('\n');
    const { result, calls } = await outcome({ imageBuilder: { build: failing(error), buildLog: async () => log } });
    expect(calls).toEqual([
      ['log', 'web-golden', 'customization.log', log],
      ['template.remove', REF],
    ]);
    expect(result).toMatchObject({
      code: 'BUILD_FAILED',
      message:
        'the image builder run failed: the step "install nginx" (1 of 1) ended with exit status 100: E: Unable to locate package ngnix',
      hint: expect.stringContaining('a package of that name is in no repository of the base'),
      details: { runState: 'Failed', step: 'install nginx', log: 'customization.log' },
    });
  });

  test('a machine that is to stay is left by the service, and told with its staging group', async () => {
    const error = new RegildError('BUILD_FAILED', 'it failed');
    const group = {
      kind: 'resource-group',
      id: '/IT',
      name: 'IT_images_1',
      tags: { createdBy: 'AzureVMImageBuilder', imageTemplateName: REF.name, 'regild-deadline': '2026-11-22T08:15:02.000Z' },
      deleting: false,
      holds: ['Microsoft.Compute/virtualMachines'],
    } as const;
    const bodies: unknown[] = [];
    const { result, calls } = await outcome({
      imageBuilder: {
        build: async (_ref, body) => {
          bodies.push(body);
          throw error;
        },
      },
      leftovers: { ofRun: async () => [group] },
      onError: 'keep',
    });
    expect(bodies).toMatchObject([{ properties: { errorHandling: { onCustomizerError: 'abort', onValidationError: 'abort' } } }]);
    expect(calls).toEqual([]);
    expect(result).toMatchObject({
      code: 'BUILD_FAILED',
      issues: [
        {
          code: 'KEPT_AFTER_FAILURE',
          message: `kept after the failure until 2026-11-22T08:15:02.000Z: the image template ${REF.name} and its staging group, the resource group IT_images_1, which holds 1 virtual machine; a machine costs by the hour, disks by the month`,
        },
      ],
    });
  });

  test('a log that may not be read keeps the template, for the log lies in its staging group', async () => {
    const error = new RegildError('BUILD_FAILED', 'image builder run ended Failed: no');
    const denied = new RegildError('CLOUD_DENIED', 'not allowed to read customization.log');
    const { result, calls } = await outcome({ imageBuilder: { build: failing(error), buildLog: failing(denied) } });
    expect(calls).toEqual([]);
    expect(result).toMatchObject({
      code: 'BUILD_FAILED',
      message: 'image builder run ended Failed: no; its log could not be read: not allowed to read customization.log',
      hint: `give regild's identity \`Storage Blob Data Reader\` on the staging group; the template ${REF.name} in images is kept until 2026-11-22T08:15:02.000Z with its staging group, where the log lies, and \`regild sweep\` deletes both afterwards`,
    });
  });

  test('a run that only took too long keeps its template', async () => {
    const error = new RegildError('TIMED_OUT', 'it takes long');
    expect(await outcome({ signal: AbortSignal.abort(error), imageBuilder: { build: failing(error) } })).toEqual({
      result: error,
      calls: [],
    });
  });

  test('an aborted run is cancelled before its template is deleted', async () => {
    const error = new RegildError('CANCELLED', 'the run was cancelled');
    expect(await outcome({ signal: AbortSignal.abort(), imageBuilder: { build: failing(error) } })).toEqual({
      result: error,
      calls: [
        ['template.cancel', REF],
        ['template.remove', REF],
      ],
    });
  });

  test('a cleanup that fails hides nothing', async () => {
    const error = new RegildError('BUILD_FAILED', 'it failed');
    const broken = { build: failing(error), cancel: failing(new Error('no')), remove: failing(new Error('conflict')) };
    const { result } = await outcome({ signal: AbortSignal.abort(), imageBuilder: broken });
    expect(result).toBe(error);
  });
});

test('a template that cannot be deleted is a warning', async () => {
  const { result } = await outcome({ imageBuilder: { remove: failing(new Error('conflict')) } });
  expect(result).toEqual({
    versionId: 'built-id',
    issues: [
      {
        severity: 'warning',
        code: 'TEMPLATE_LEFT',
        message: 'the image template regild-web-golden-20261121t081502-3f9a in images could not be deleted: conflict',
        hint: 'regild sweep deletes it when its deadline has passed',
        image: 'web-golden',
      },
    ],
    tried: [],
  });
});

test('a rendered template without its file is refused', async () => {
  const { context } = fakeContext();
  await expect(buildWithImageBuilder(PLAN, rendered(PLAN, []), context)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
});
