import { RegildError } from '../errors.ts';
import type { Run } from '../model/index.ts';
import account from '../sandbox/world/account.json' with { type: 'json' };
import type { Io } from './command.ts';

/** The subscription that exists in the sandbox only: a manifest that targets it asks for the sandbox. */
export const SANDBOX_SUBSCRIPTION: string = account.subscription;

/** The clouds to speak to: the embedded ones, or real ones (another Azure cloud through its metadata address). */
export type Clouds =
  | { readonly kind: 'sandbox'; readonly subscription: string }
  | { readonly kind: 'real'; readonly metadataUrl: string | undefined };

/** Whatever is meant for a subscription. */
export interface Targeted {
  readonly target: { readonly subscription: string };
}

/**
 * Sandbox when it is asked for, or when every image targets the sandbox's subscription and no other cloud is named in ARM_METADATA_URL.
 * Throws USAGE when a manifest mixes sandbox and real subscriptions, or when the sandbox would have to stand for several.
 */
export function chooseClouds(specs: readonly Targeted[], sandbox: boolean, environment: Io['environment']): Clouds {
  const subscriptions = [...new Set(specs.map(({ target }) => target.subscription))];
  const metadataUrl = environment.ARM_METADATA_URL;
  if (sandbox && subscriptions.length > 1) throw mixed(subscriptions, 'the sandbox stands for one subscription at a time');
  if (sandbox) return { kind: 'sandbox', subscription: subscriptions[0] ?? SANDBOX_SUBSCRIPTION };
  if (metadataUrl || !subscriptions.includes(SANDBOX_SUBSCRIPTION)) return { kind: 'real', metadataUrl };
  if (subscriptions.length > 1) throw mixed(subscriptions, `${SANDBOX_SUBSCRIPTION} exists in the sandbox only`);
  return { kind: 'sandbox', subscription: SANDBOX_SUBSCRIPTION };
}

/**
 * What is said first of clouds of which Azure at least is simulated. A sandbox in another process stands for Azure, and for AWS only where AWS's own
 * variables point at it.
 */
export function simulatedClouds({ aws }: Run['clouds']): string {
  if (aws === 'sandbox') return 'AWS and Azure are simulated: no account is used and no real image is made';
  const answers = aws === 'AWS' ? 'AWS is not simulated: an account is read' : `AWS answers at ${aws}`;
  return `Azure is simulated: no real image is made. ${answers}`;
}

function mixed(subscriptions: readonly string[], why: string): RegildError {
  return new RegildError('USAGE', `the images target the subscriptions ${subscriptions.join(', ')} at once: ${why}`, {
    hint: 'name the images of one subscription only',
  });
}

/** The clouds of a verb that asks AWS alone. */
export function onlyAws(sandbox: boolean): Clouds {
  return sandbox ? { kind: 'sandbox', subscription: SANDBOX_SUBSCRIPTION } : { kind: 'real', metadataUrl: undefined };
}
