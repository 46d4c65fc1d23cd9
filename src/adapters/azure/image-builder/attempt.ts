import type { TemplateRef } from '../../../ports.ts';
import type { AzureConnection } from '../connection/index.ts';
import { type AzureAttempt, asAzure } from '../errors/index.ts';
import { groupId } from '../ids.ts';

/** Waits until the next look at a template. */
export function pause({ clock, pollMilliseconds }: AzureConnection, ref: TemplateRef, signal: AbortSignal | undefined): Promise<void> {
  return asAzure(attempt('run', ref), () => clock.sleep(pollMilliseconds, signal));
}

const WORDS = { read: 'read', write: 'create', delete: 'delete', run: 'run', cancel: 'cancel' } as const;
const ACTIONS = { read: 'read', write: 'write', delete: 'delete', run: 'run/action', cancel: 'cancel/action' } as const;

/** What is being done to a template, for messages and hints. */
export function attempt(verb: keyof typeof WORDS, ref: TemplateRef): AzureAttempt {
  return {
    doing: `${WORDS[verb]} the image template ${ref.name}`,
    action: `Microsoft.VirtualMachineImages/imageTemplates/${ACTIONS[verb]}`,
    scope: groupId(ref.subscription, ref.resourceGroup),
    ...(verb === 'read' || verb === 'delete' ? {} : { otherwise: 'BUILD_FAILED' as const }),
  };
}
