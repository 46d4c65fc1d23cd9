import { RegildError } from '../../../errors.ts';
import { normalLocation } from '../../../model/index.ts';
import { readArmFailure } from '../errors/arm-failure.ts';

/**
 * The list of locations with which Resource Manager refuses one that it does not know, before the resource provider sees the question: as
 * NoRegisteredProviderFound (azure-xplat-cli#3257, migAz#246) or LocationNotAvailableForResourceType.
 */
const KNOWN_LOCATIONS = /(?:supported locations are|available regions for the resource type is) '([^']*)'/;

/** Runs a question about a location; one that the cloud does not have is said in one sentence instead of the list of all others. Throws LOCATION_UNKNOWN. */
export async function inLocation<Value>(location: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RegildError) || knows(error, location)) throw error;
    throw new RegildError('LOCATION_UNKNOWN', `the subscription has no Azure location ${JSON.stringify(location)}`, {
      hint: 'check the spelling of the location (`az account list-locations`), or ask for access to it',
      details: error.details,
      cause: error,
    });
  }
}

/** True when the failure does not say that the location is missing: the same code also stands for an API version that is not offered. */
function knows({ cause }: RegildError, location: string): boolean {
  const listed = KNOWN_LOCATIONS.exec(readArmFailure(cause).message)?.[1];
  return listed === undefined || listed.split(',').map(normalLocation).includes(normalLocation(location));
}
