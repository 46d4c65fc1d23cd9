import type { FileTree } from '../inspect/file-tree.ts';
import type { Inventory } from '../model/index.ts';

/** An image that was looked at: what is in it, and its files where they can be read. */
export interface Inspected {
  readonly inventory: Inventory;
  /** Absent for an inventory that was saved. */
  readonly tree?: FileTree;
  /** Reads what lies on the disk of the AMI that it was made from, where that is known and may be read. */
  readonly ancestor?: () => Promise<Inventory | undefined>;
}
