import * as z from 'zod';

/** Order of work inside the guest: prepare before removal, network and boot last, secrets and generalize at the end. */
export const Phase = z.enum(['inventory', 'add-azure', 'customize', 'remove-aws', 'configure', 'network', 'boot', 'verify', 'generalize']);
export type Phase = z.infer<typeof Phase>;
