import { Unreadable } from './file-tree.ts';

/**
 * Runs work that reads structures of a disk. Whatever lies outside of a buffer, a source or the exact numbers is a broken structure at this place:
 * Unreadable. An Unreadable with a closer place and a failure of what gives the bytes pass as they are.
 */
export async function reading<Value>(place: string, work: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError) throw new Unreadable(place, error.message, { cause: error });
    throw error;
  }
}
