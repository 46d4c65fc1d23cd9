import type { ShortageSeed } from '../../../world/seed.ts';
import { armError } from '../../errors.ts';
import { listAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import type { Draft } from '../resource-kind.ts';

/** Refused when it is asked for; all else shows when a host is looked for. Source: azure-resource-manager/troubleshooting/error-sku-not-available, error-resource-quota. */
const AT_ONCE = /^(?:SkuNotAvailable|QuotaExceeded|OperationNotAllowed)$/;

/** Throws where the size is not offered to the subscription, or its quota is used up. */
export function requireOffered(vmSize: string, zone: string | undefined, world: World): void {
  const shortage = shortageOf(vmSize, zone, world);
  if (shortage && AT_ONCE.test(shortage.code)) throw armError(409, shortage.code, shortage.message);
}

/** Throws where no host has room for the VM, which its creation tells when it has begun. */
export function allocate({ body }: Stored, world: World): void {
  const shortage = shortageOf(textAt(body, 'properties', 'hardwareProfile', 'vmSize') ?? '', zoneIn(body), world);
  if (shortage) throw armError(409, shortage.code, shortage.message);
}

/** The lack of room that a VM of a size meets. */
export function shortageOf(vmSize: string, zone: string | undefined, world: World): ShortageSeed | undefined {
  return world.seed.shortages.find(
    (shortage) => shortage.vmSize.toLowerCase() === vmSize.toLowerCase() && (shortage.zone === undefined || shortage.zone === zone),
  );
}

/** The zone that a request asks for. */
export function zoneOf({ call }: Draft): string | undefined {
  return zoneIn(call.body);
}

function zoneIn(body: unknown): string | undefined {
  const [zone] = listAt(body, 'zones');
  return typeof zone === 'string' ? zone : undefined;
}
