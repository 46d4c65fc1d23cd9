import type { FileTree } from '../inspect/file-tree.ts';
import type { Inventory } from '../model/index.ts';

/** An image that was looked at: what is in it, and its files where they can be read. */
export interface Inspected {
  readonly inventory: Inventory;
  /** Absent for an inventory that was saved. */
  readonly tree?: FileTree;
}
