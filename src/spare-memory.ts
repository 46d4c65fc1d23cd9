import { setFlagsFromString } from 'node:v8';

/**
 * New objects get no more room than they have: the images of a fleet leave gigabytes behind, of which nearly nothing lives until the next collection, and V8
 * would give them a hundred MB more. V8 looks at the flag at each collection, so that it takes effect in a program that runs.
 */
export function spareMemory(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
